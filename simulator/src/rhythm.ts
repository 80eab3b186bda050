import type { Campaign, SiteProfile } from './profile.ts'
import { createRandom, hashText } from './random.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3
/** Growth is counted from here; where it stands does not matter, since only the shape of a window is used. */
const TREND_STARTS = Date.UTC(2026, 0, 1)

/** When people come to a site. Everything is a function of the moment alone, so that two runs agree about the hours they share. */
export interface Rhythm {
  /** Traffic of this moment as a multiple of a usual hour's: time of day, day of week, campaigns, luck of the day. */
  level(at: number): number
  /** Growth, as a factor. */
  trend(at: number): number
  /** Campaigns that run, with the visits they add as a multiple of a usual day's. */
  campaigns(at: number): { campaign: Campaign; lift: number }[]
  /** Days since 1970-01-01 on the calendar of the site. */
  localDay(at: number): number
  /** 0–23 by the clock of the site. */
  localHour(at: number): number
}

export function createRhythm(profile: SiteProfile): Rhythm {
  const offset = createOffset(profile.timezone)
  const site = hashText(profile.domain)
  const hours = relative(profile.hours)
  const weekdays = relative(profile.weekdays)
  const localDay = (at: number) => Math.floor((at + offset(at)) / DAY)
  const localHour = (at: number) => Math.floor((at + offset(at)) / HOUR) % 24

  const campaigns = (at: number) => {
    const day = localDay(at)
    return profile.campaigns.flatMap((campaign) => {
      const age = (((day - campaign.on) % campaign.every) + campaign.every) % campaign.every
      // A crowd fades in a straight line over the days of its campaign.
      return age < campaign.days ? [{ campaign, lift: campaign.lift * (1 - age / campaign.days) }] : []
    })
  }

  return {
    campaigns,
    localDay,
    localHour,
    trend: (at) => (1 + profile.growth) ** ((at - TREND_STARTS) / (30 * DAY)),
    level(at) {
      const day = localDay(at)
      const luck = Math.exp(0.07 * createRandom(site, day).normal())
      const crowd = campaigns(at).reduce((sum, { lift }) => sum + lift, 1)
      return hours[localHour(at)]! * weekdays[(day + FIRST_WEEKDAY) % 7]! * crowd * luck
    },
  }
}

/** Weights as multiples of their mean. */
function relative(weights: readonly number[]): number[] {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return weights.map((weight) => weight / mean)
}

/**
 * Milliseconds to add to UTC in this time zone. Asks Intl once for every quarter of an hour (about 4 µs): no zone
 * changes its clock in between.
 */
function createOffset(timezone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
  let quarter = Number.NaN
  let known = 0
  return (at) => {
    const wanted = Math.floor(at / (HOUR / 4))
    if (wanted !== quarter) {
      const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
      const [, sign, hour, minute] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
      known = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hour) * HOUR + Number(minute) * 60_000)
      quarter = wanted
    }
    return known
  }
}
