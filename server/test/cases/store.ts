import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import { channel } from '../../src/lib/acquisition/channel.ts'
import type { Attributes, Event } from '../../src/lib/event.ts'
import { hash64 } from '../../src/lib/hash.ts'
import type { Engine } from '../../src/storage/engine.ts'
import { createVisitMemory } from '../../src/write/visit-memory.ts'
import { fold } from '../../src/write/visits.ts'
import { type CaseEvent, secondsOf } from './cases.ts'

function attributesOf(event: CaseEvent): Attributes {
  const { utm = {} } = event
  const given: Partial<Attributes> = {
    source: event.referrer_source ?? '',
    referrer: event.referrer ?? '',
    channel: channel({
      source: event.referrer_source ?? '',
      utm_source: utm.source ?? '',
      utm_medium: utm.medium ?? '',
      utm_campaign: utm.campaign ?? '',
      clickId: event.click_id_param ?? '',
    }),
    utm_source: utm.source ?? '',
    utm_medium: utm.medium ?? '',
    utm_campaign: utm.campaign ?? '',
    utm_content: utm.content ?? '',
    utm_term: utm.term ?? '',
    country: event.country ?? '',
    region: event.region ?? '',
    city: String(event.city ?? ''),
    browser: event.browser ?? '',
    browser_version: event.browser_version ?? '',
    os: event.os ?? '',
    os_version: event.os_version ?? '',
    device: event.device ?? '',
    // One column there.
    screen: event.device ?? '',
  }
  return Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, given[name] ?? ''])) as Attributes
}

/** An event of a case as the pipeline would hand it over; users of two sites are two visitors. */
function eventOf(event: CaseEvent, site: number, position: number): Event {
  return {
    site,
    at: secondsOf(event.t),
    id: '0',
    visitor: hash64(`${site} ${event.user}`),
    name: event.name,
    hostname: event.hostname ?? `host-${position}.test`,
    pathname: event.pathname,
    attributes: attributesOf(event),
    props: Object.fromEntries(Object.entries(event.props ?? {}).map(([key, value]) => [key, String(value)])),
    revenue: event.revenue ? { amount: String(event.revenue.amount), currency: event.revenue.currency } : null,
    engagement: event.engagement_time ?? 0,
    scroll: event.scroll_depth ?? 0,
    interactive: event.interactive ?? true,
  }
}

/** Stores the events of all cases, each case as a site of its own, through the fold that live events go through. */
export async function storeCases(engine: Engine, cases: { case: { events?: CaseEvent[] }; site: number }[]): Promise<void> {
  const events = cases.flatMap(({ case: { events: list = [] }, site }) => list.map((event, position) => eventOf(event, site, position)))
  const numbered = events.map((event, position) => [position, event] as const)
  const folded = fold(numbered, 'cases', 1, createVisitMemory(0))
  await engine.write({ token: 'cases', events: folded.events, visits: folded.visits })
}
