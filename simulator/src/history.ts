import { createPeople, type Person } from './person.ts'
import type { SiteProfile } from './profile.ts'
import { createRandom, hashText, poisson } from './random.ts'
import { createRhythm, DAY, HOUR, type Rhythm } from './rhythm.ts'
import { createVisits, type Visit } from './visit.ts'

export interface HistoryOptions {
  /** Length of the history. */
  days: number
  /** About how many lines (page views, custom events and engagement pings) it shall have; comes out within a few percent. */
  events: number
  /** Another number, another history. */
  seedNumber?: number
  /** Where the history ends, milliseconds since 1970. */
  now: number
}

/**
 * The past of a site as lines of the native import (contract/import.ts), in order of time, without line ends.
 *
 * Memory is bounded by the lines of one hour. What happens in an hour depends on the site, the seed and the hour, not
 * on where the window begins; ids name hour, visit and event. So seeding again, or a day later, counts nothing twice.
 */
export function* seedLines(profile: SiteProfile, options: HistoryOptions): Generator<string> {
  const { days, events, seedNumber = 1, now } = options
  const site = hashText(profile.domain)
  const rhythm = createRhythm(profile)
  const visits = createVisits(profile, rhythm)
  const people = createPeople(profile)
  const first = Math.floor((now - days * DAY) / HOUR)
  const last = Math.floor(now / HOUR)
  const mean = visitsPerHour(profile, rhythm, visits, first, last, events)
  const countOf = (slot: number) => poisson(mean * strength(rhythm, slot), createRandom(seedNumber, site, slot).next())

  const visitsOf = function* (slot: number, count: number): Generator<Line> {
    for (let index = 0; index < count; index++) {
      const random = createRandom(seedNumber, site, slot, index)
      const at = slot * HOUR + random.below(HOUR)
      const [homeSlot, homeIndex] = random.chance(profile.returning)
        ? somebodyBefore(slot, random.next(), random.next(), countOf)
        : [slot, index]
      const person = people(seedNumber, homeSlot, homeIndex)
      const visit = visits(at, person, homeSlot !== slot, random)
      // A visitor lasts a day of the site, as with the collector, whose salt changes at midnight. A visit across midnight stays whole.
      const visitor = [seedNumber, homeSlot, homeIndex, rhythm.localDay(at)].map(short).join('.')
      yield* lines(profile.domain, visit, visitor, [seedNumber, site, slot, index].map(short).join('.'))
    }
  }

  let waiting: Line[] = []
  for (let slot = first; slot <= last; slot++) {
    for (const line of visitsOf(slot, countOf(slot))) waiting.push(line)
    waiting.sort((one, other) => one.at - other.at)
    const end = Math.min((slot + 1) * HOUR, now)
    let ready = 0
    while (ready < waiting.length && waiting[ready]!.at < end) yield waiting[ready++]!.text
    waiting = waiting.slice(ready)
  }
}

interface Line {
  at: number
  text: string
}

/** Half past stands for the hour: in zones like +05:45 a full hour of UTC has parts of two. */
function strength(rhythm: Rhythm, slot: number): number {
  const at = slot * HOUR + HOUR / 2
  return rhythm.level(at) * rhythm.trend(at)
}

/** Visits in an hour of strength 1, so that the window gets as many lines as were asked for. */
function visitsPerHour(
  profile: SiteProfile,
  rhythm: Rhythm,
  visits: (at: number, person: Person, returning: boolean, random: ReturnType<typeof createRandom>) => Visit,
  first: number,
  last: number,
  events: number,
): number {
  let total = 0
  for (let slot = first; slot < last; slot++) total += strength(rhythm, slot)
  // Length of a visit, tried out. Busy hours weigh more: the crowds of a campaign read differently.
  // 4,000 visits find it within 5 %, 40,000 (a second of work) within 2 %.
  const samples = Math.round(Math.min(40_000, Math.max(2_000, events / 5)))
  const somebody = createPeople(profile)(0)
  let lines = 0
  let weights = 0
  for (let sample = 0; sample < samples; sample++) {
    const random = createRandom(0, sample)
    const slot = first + Math.floor(((last - first) * sample) / samples)
    const weight = strength(rhythm, slot)
    const visit = visits(slot * HOUR, somebody, random.chance(profile.returning), random)
    lines += weight * visit.events.length
    weights += weight
  }
  return events / (lines / weights) / Math.max(total, 1)
}

/** Somebody who was here before: half of them within the last ten hours, the others up to two weeks ago at about the same time. */
function somebodyBefore(slot: number, when: number, who: number, countOf: (slot: number) => number): [slot: number, index: number] {
  const back = when < 0.5 ? 1 + Math.floor(when * 20) : 24 * (1 + Math.floor((when - 0.5) * 28)) - 1
  const before = slot - back
  return [before, Math.floor(who * Math.max(1, countOf(before)))]
}

function* lines(hostname: string, visit: Visit, visitor: string, id: string): Generator<Line> {
  const { person, utm, referrer } = visit
  const { client } = person
  // What all lines of a visit share is turned into text once: it is two thirds of the bytes.
  const shared = JSON.stringify({
    visitor,
    hostname,
    referrer,
    utm_source: utm.source,
    utm_medium: utm.medium,
    utm_campaign: utm.campaign,
    utm_content: utm.content,
    utm_term: utm.term,
    country: person.country,
    browser: client.browser,
    browser_version: client.browserVersion,
    os: client.os,
    os_version: client.osVersion,
    device: client.device,
    language: person.language,
  }).slice(1)
  let number = 0
  for (const event of visit.events) {
    const at = visit.at + event.offset
    const own = JSON.stringify({
      timestamp: new Date(at).toISOString(),
      id: `${id}.${number++}`,
      name: event.name,
      pathname: event.pathname,
      props: event.props,
      revenue: event.revenue,
      engagement_ms: event.engagement,
      scroll_depth: event.scroll,
      interactive: event.interactive,
    })
    yield { at, text: `${own.slice(0, -1)},${shared}` }
  }
}

function short(number: number): string {
  return number.toString(36)
}
