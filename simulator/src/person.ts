import { type Client, client } from './clients.ts'
import { address, type Country, language } from './places.ts'
import type { Device, SiteProfile } from './profile.ts'
import { createRandom, hashText, weighted } from './random.ts'

/** Somebody in front of a browser. */
export interface Person {
  country: Country
  /** ISO 639-1. */
  language: string
  address: string
  client: Client
}

/**
 * The people of a site. A person is a function of the numbers that name them, so that nobody needs to be remembered:
 * the same numbers come back with the same browser from the same address.
 */
export function createPeople(profile: SiteProfile): (...name: number[]) => Person {
  const site = hashText(profile.domain)
  const countryOf = weighted(Object.entries(profile.countries) as [Country, number][])
  const deviceOf = weighted(Object.entries(profile.devices) as [Device, number][])
  return (...name) => {
    const random = createRandom(site, ...name)
    const country = countryOf(random)
    return { country, language: language(country, random), address: address(country, random), client: client(deviceOf(random), random) }
  }
}
