import type { Random } from './random.ts'

export const DOMAIN = 'faults.example'

/** Something a person does. Its page names person, visit and event, so that every event can be told in the store. */
export interface Act {
  page: string
  name: string
  /** When it happens, milliseconds since 1970. */
  at: number
  interactive: boolean
  /** Sent without an id: a client that does not retry. */
  once: boolean
  from: { ip: string; agent: string }
}

const MINUTE = 60_000
/** Visits begin in slots so far apart that no late event can join two of them. */
const SLOT = 100
/** Slots back from now; today and yesterday of the site, whose noon it is (`zoneOfNoon`). */
const SLOTS = 19

/** A time zone in which it is noon: the site's midnight, where visitors get another name, is as far away as can be. */
export function zoneOfNoon(now: number): string {
  const ahead = 12 - new Date(now).getUTCHours()
  // The signs of these names are the other way round than anybody expects.
  return ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

/**
 * Acts of one person, in the order in which they are sent: of a visit the first page view comes first, the rest often out of
 * order, some after later visits. All visits are over before they are sent, up to a day and a third ago. A visit lasts less than 30 minutes
 * and is 70 from the next, so that which events make a visit does not depend on the order in which they arrive.
 */
export function person(number: number, begin: number, random: Random): Act[] {
  const from = {
    ip: `198.51.${number >> 8}.${number & 255}`,
    agent: `Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 ${number}`,
  }
  const slots = Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => slot === 0 || !crossesMidnight(begin, slot))
  const chosen = random.chance(0.6) ? [0] : random.shuffled(slots).slice(0, random.between(2, 12))
  const inOrder = random.chance(0.7) ? chosen.toSorted((a, b) => b - a) : chosen
  const late: Act[] = []
  const acts = inOrder.flatMap((slot, visit) => {
    const start = begin - slot * SLOT * MINUTE - random.between(26, 30) * MINUTE
    const [first, ...rest] = visitActs(`/p${number}/v${visit}`, start, from, random)
    const held = rest.filter(() => random.chance(0.15))
    late.push(...held)
    const now = rest.filter((act) => !held.includes(act))
    return [first!, ...(random.chance(0.4) ? random.shuffled(now) : now)]
  })
  return [...acts, ...random.shuffled(late)]
}

/** Without pings: one whose page view still lies in the journal of another process has no visit, and is refused (docs/adr/0009-turns.md). */
export const withoutPings = (acts: Act[]): Act[] => acts.filter((act) => act.name !== 'engagement')

function visitActs(path: string, start: number, from: Act['from'], random: Random): Act[] {
  const minutes = random.shuffled(Array.from({ length: 23 }, (_, minute) => minute + 1)).slice(0, random.between(0, 5))
  return [0, ...minutes.toSorted((a, b) => a - b)].map((minute, index) => ({
    page: `${path}/e${index}`,
    name: index === 0 ? 'pageview' : random.pick(['pageview', 'pageview', 'Signup', 'Scroll', 'engagement']),
    at: start + minute * MINUTE,
    interactive: random.chance(0.6),
    once: index > 0 && random.chance(0.1),
    from,
  }))
}

/** In the zone of noon, midnight is 12 to 13 hours before the beginning. */
function crossesMidnight(begin: number, slot: number): boolean {
  const sinceMidnight = 12 * 60 + new Date(begin).getUTCMinutes()
  const ends = slot * SLOT
  return ends <= sinceMidnight && ends + 35 >= sinceMidnight
}
