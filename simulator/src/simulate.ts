import { setTimeout as pause } from 'node:timers/promises'
import { ROUTES } from '@footfall/contract/routes.ts'
import { createPeople } from './person.ts'
import type { SiteProfile } from './profile.ts'
import { createRandom, hashText, poisson, weighted } from './random.ts'
import { createRhythm } from './rhythm.ts'
import { createSender, type Parcel, type Tally } from './sender.ts'
import { SITES } from './sites.ts'
import { statusLine, summary } from './status.ts'
import { createVisits, type Visit } from './visit.ts'

export { DEMO_SITES, SITES, type DemoSite } from './sites.ts'

export interface SimulateOptions {
  /** Address of the server, with its path where it has one. */
  baseUrl: string
  /** Path of the collector, where EVENT_PATH renames it. */
  eventPath?: string
  sites?: readonly SiteProfile[]
  /** Visits that begin in a second, over all sites; default 1. */
  ratePerSecond?: number
  /** Ends the simulation. */
  signal: AbortSignal
  /** Takes one line of status a second and, at the end, the summary. */
  log: (line: string) => void
  fetch?: typeof fetch
  /** Default: the second it starts, so that two simulators are not the same people. */
  seedNumber?: number
}

export interface SimulateResult extends Tally {
  visits: number
  seconds: number
  /** Events that had not been answered, or had not happened yet, at the end. */
  unsent: number
}

/** A site with visitors: begins a visit now. */
interface LiveSite {
  domain: string
  level: () => number
  begin(): Visit
}

/**
 * Sends new visits every second through the real HTTP API until the signal is aborted; a visit's later events follow in
 * their own time, as people read. The server must trust this machine as a proxy (TRUSTED_PROXIES=127.0.0.0/8,::1) to
 * see the visitors' countries; else all of them come from here.
 * @returns what was sent. Never throws because of the server: it keeps trying and says so in the status line.
 */
export async function simulate(options: SimulateOptions): Promise<SimulateResult> {
  const { baseUrl, eventPath = ROUTES.event, sites = SITES, ratePerSecond = 1, signal, log } = options
  const started = Date.now()
  const seedNumber = options.seedNumber ?? Math.floor(started / 1000)
  const random = createRandom(seedNumber)
  const sender = createSender({ url: baseUrl.replace(/\/$/, '') + eventPath, signal, ...(options.fetch && { fetch: options.fetch }) })
  const live = sites.map((profile) => liveSite(profile, seedNumber))
  /** Events by the second in which they happen. */
  const due = new Map<number, Parcel[]>()
  const begun: Record<string, number> = Object.fromEntries(live.map(({ domain }) => [domain, 0]))
  const open: number[] = []
  let visits = 0

  const later = (at: number, parcel: Parcel): void => {
    const key = Math.floor(at / 1000)
    const list = due.get(key)
    if (list) list.push(parcel)
    else due.set(key, [parcel])
  }

  let second = Math.floor(started / 1000)
  while (!signal.aborted) {
    const count = poisson(ratePerSecond, random.next())
    const choose = weighted(live.map((site) => [site, site.level()] as const))
    for (let index = 0; index < count; index++) {
      const site = choose(random)
      const visit = site.begin()
      for (const parcel of parcels(site.domain, visit, `${seedNumber.toString(36)}-${visits}`)) later(Number(parcel.body['t']), parcel)
      open.push(visit.at + visit.events.at(-1)!.offset)
      begun[site.domain]!++
      visits++
    }
    for (const at of [...due.keys()].filter((at) => at <= second)) {
      for (const parcel of due.get(at)!) sender.send(parcel)
      due.delete(at)
    }
    const here = open.filter((until) => until > Date.now())
    open.splice(0, open.length, ...here)
    await pause(Math.max(0, (second + 1) * 1000 - Date.now()), undefined, { signal }).catch(() => {})
    // A computer that slept goes on with the present second; it does not make up for the missed ones.
    second = Math.max(second + 1, Math.floor(Date.now() / 1000))
    if (!signal.aborted) log(statusLine({ visits, begun, here: here.length, waiting: sender.waiting(), tally: sender.tally }))
  }

  const waiting = sender.waiting()
  await sender.idle()
  const future = [...due.values()].reduce((sum, list) => sum + list.length, 0)
  const result: SimulateResult = { ...sender.tally, visits, seconds: (Date.now() - started) / 1000, unsent: future + waiting }
  log(summary(result))
  return result
}

function liveSite(profile: SiteProfile, seedNumber: number): LiveSite {
  const rhythm = createRhythm(profile)
  const visit = createVisits(profile, rhythm)
  const people = createPeople(profile)
  const site = hashText(profile.domain)
  /** Who was here lately, as numbers that name them. */
  const recent: number[] = []
  let count = 0
  return {
    domain: profile.domain,
    level: () => profile.share * rhythm.level(Date.now()),
    begin() {
      const number = count++
      const random = createRandom(seedNumber, site, number)
      const returning = recent.length > 20 && random.chance(profile.returning)
      const who = returning ? recent[random.below(recent.length)]! : number
      if (!returning) recent.push(who)
      if (recent.length > 1000) recent.shift()
      return visit(Date.now(), people(seedNumber, who), returning, random)
    },
  }
}

/** The events of a visit in the wire format of the tracker, with the headers of the visitor's browser. */
export function* parcels(domain: string, visit: Visit, id: string): Generator<Parcel> {
  const { person, utm, referrer } = visit
  const headers = {
    'content-type': 'text/plain',
    'user-agent': person.client.agent,
    'accept-language': person.language,
    'x-forwarded-for': person.address,
  }
  const tags = Object.entries(utm).map(([name, value]) => [`utm_${name}`, value])
  const query = tags.length > 0 ? `?${new URLSearchParams(tags).toString()}` : ''
  let views = 0
  for (const [number, event] of visit.events.entries()) {
    if (event.name === 'pageview') views++
    const body: Parcel['body'] = {
      n: event.name,
      // Only the address of the first page carries the tags of the link that led to it.
      u: `https://${domain}${event.pathname}${views === 1 ? query : ''}`,
      d: domain,
      r: referrer || null,
      id: `${id}-${number}`,
      t: visit.at + event.offset,
    }
    if (event.props) body['p'] = event.props
    if (event.revenue) body['$'] = event.revenue
    if (event.interactive === false) body['i'] = false
    if (event.engagement !== undefined) body['e'] = event.engagement
    if (event.scroll !== undefined) body['sd'] = event.scroll
    yield { body, headers }
  }
}
