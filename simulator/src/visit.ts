import type { Person } from './person.ts'
import type { Action, Section, SiteProfile, Source, Weights } from './profile.ts'
import { type Random, weighted } from './random.ts'
import type { Rhythm } from './rhythm.ts'

/** One event of a visit, without what the whole visit shares. */
export interface VisitEvent {
  /** Milliseconds after the visit began. */
  offset: number
  /** `pageview`, `engagement` or the name of a custom event. */
  name: string
  pathname: string
  props?: Readonly<Record<string, string>>
  revenue?: { amount: string; currency: string }
  /** Milliseconds; only on engagement pings. */
  engagement?: number
  /** Percent; only on engagement pings. */
  scroll?: number
  interactive?: boolean
}

export interface Visit {
  /** When it began, milliseconds since 1970. */
  at: number
  person: Person
  referrer: string
  utm: NonNullable<Source['utm']>
  /** In order of time; the first one is a page view. */
  events: VisitEvent[]
}

/** Where a visit ends whatever chance says. */
const MAX_VIEWS = 25
/** A page keeps nobody longer: a visit with 30 idle minutes in it would be counted as two. */
const MAX_READING = 20 * 60_000
const MIN_READING = 1_500

type Draw<Value> = (random: Random) => Value
interface Room extends Omit<Section, 'pages' | 'next'> {
  page: Draw<string>
  next: Draw<string>
}
interface Origin {
  referrer: Draw<string>
  utm: NonNullable<Source['utm']>
  landing: Draw<string>
}

/**
 * Makes the visits of one site: `visit(at, person, returning, random)`. Pure but for `random`; the same stream gives the
 * same visit.
 * @throws RangeError where the profile names a section that it does not have.
 */
export function createVisits(
  profile: SiteProfile,
  rhythm: Rhythm,
): (at: number, person: Person, returning: boolean, random: Random) => Visit {
  const rooms = new Map(Object.entries(profile.sections).map(([name, section]) => [name, furnish(section)]))
  const room = (name: string): Room => {
    const found = rooms.get(name)
    if (!found) throw new RangeError(`${profile.domain}: expected a section of the site, got "${name}"`)
    return found
  }
  for (const section of Object.values(profile.sections)) Object.keys(section.next).forEach(room)

  const origin = (source: Source): Origin => {
    Object.keys(source.landing ?? profile.landing).forEach(room)
    return { referrer: draw(source.referrers ?? { '': 1 }), utm: source.utm ?? {}, landing: draw(source.landing ?? profile.landing) }
  }
  const usual = weighted(profile.sources.map((source) => [origin(source), source.share] as const))
  const direct = origin({ share: 1 })
  const crowds = new Map(profile.campaigns.map((campaign) => [campaign, origin(campaign.source)]))

  const originOf = (at: number, returning: boolean, random: Random): Origin => {
    let mark = random.next()
    const running = rhythm.campaigns(at)
    const total = running.reduce((sum, { lift }) => sum + lift, 1)
    for (const { campaign, lift } of running) {
      mark -= lift / total
      if (mark < 0) return crowds.get(campaign)!
    }
    // People who know the address type it.
    return returning && random.chance(0.5) ? direct : usual(random)
  }

  return (at, person, returning, random) => {
    const { referrer, utm, landing } = originOf(at, returning, random)
    const events: VisitEvent[] = []
    let offset = 0
    let here = room(landing(random))
    for (let views = 0; views < MAX_VIEWS; views++) {
      const reading = look(here, offset, events, random)
      if (random.chance(here.leaves)) break
      // A second or so passes between the click and the next page.
      offset += reading + 300 + random.below(1500)
      here = room(here.next(random))
    }
    return { at, person, referrer: referrer(random), utm, events }
  }
}

/** Adds what one view of a page sends: the page view, custom events, the ping on leaving. Answers how long it took, in ms. */
function look(room: Room, offset: number, events: VisitEvent[], random: Random): number {
  const pathname = room.page(random)
  const props = room.props?.[pathname] ?? room.props?.['*']
  events.push(props ? { offset, name: 'pageview', pathname, props } : { offset, name: 'pageview', pathname })
  // Reading times are log-normal: most people skim, a few stay very long.
  const pace = random.normal()
  const reading = Math.round(Math.min(MAX_READING, Math.max(MIN_READING, room.reads * 1000 * Math.exp(0.85 * pace))))
  const acts = room.actions?.filter((action) => random.chance(action.chance)) ?? []
  acts.forEach((action, index) => {
    const when = offset + Math.round((reading * (index + 0.2 + 0.6 * random.next())) / acts.length)
    events.push(act(action, pathname, when, random))
  })
  // Who reads longer sees more of the page.
  const scroll = Math.round(Math.min(100, Math.max(4, room.scrolls + 14 * pace + 16 * random.normal())))
  const engagement = Math.round(reading * (0.6 + 0.4 * random.next()))
  events.push({ offset: offset + reading, name: 'engagement', pathname, ...(props && { props }), engagement, scroll })
  return reading
}

function act(action: Action, pathname: string, offset: number, random: Random): VisitEvent {
  const event: VisitEvent = { offset, name: action.name, pathname }
  if (action.interactive === false) event.interactive = false
  if (action.props) {
    const choices = Object.entries(action.props)
    event.props = Object.fromEntries(
      choices.map(([name, values]) => [name, values[random.below(values.length)]!.replace('{path}', pathname)]),
    )
  }
  if (action.revenue) {
    const { currency, prices } = action.revenue
    let amount = 0
    for (let items = 1 + Math.floor(2.2 * random.next() ** 2); items > 0; items--) amount += prices[random.below(prices.length)]!
    event.revenue = { amount: amount.toFixed(2), currency }
  }
  return event
}

function furnish({ pages, next, ...section }: Section): Room {
  return { ...section, page: draw(pages), next: draw(next) }
}

function draw(weights: Weights): Draw<string> {
  return weighted(Object.entries(weights) as [string, number][])
}
