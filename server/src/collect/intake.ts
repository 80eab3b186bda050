import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { Event } from '../lib/event.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock, Drops, Gate } from '../seams.ts'
import type { Journal } from '../write/journal.ts'
import { isIdentified } from '../lib/visitor-id.ts'
import { createAddressReader, readAddress, type Sender } from './address.ts'
import type { PipelineParts } from './draft.ts'
import { createAddressLimit } from './limit.ts'
import type { Hit } from './parse.ts'
import { runPipeline, type Outcome } from './pipeline.ts'
import type { Notebook } from './notebook.ts'
import { readIncoming } from './request.ts'
import type { Stated } from './stated.ts'
import type { TraitBook } from './traits.ts'

export interface IntakeParts extends PipelineParts {
  journal: Journal
  drops: Drops
  clock: Clock
  metrics: Metrics
  gate: Pick<Gate, 'require'>
  /** Addresses and CIDR ranges whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Events of one address a minute before 429; 0 is no limit. */
  addressLimit: number
  /** What is learned beside events. */
  traits: Pick<TraitBook, 'note'>
  cities: Pick<Notebook, 'note'>
}

/** Who sends a request, and when it came. */
export interface Sending {
  /** Milliseconds, clock of the server. */
  now: number
  sender: Sender
  headers: IncomingHttpHeaders
  /** It carries a key of the scope `events`: the body may state whose event it is and when it happened. */
  trusted: boolean
}

/** What every address of the collector does with its request, whatever the format. */
export interface Intake {
  /** @throws AppError `too_many_requests`; `unauthorized` or `forbidden` for a key that does not open */
  greet(request: FastifyRequest): Promise<Sending>
  /** Counts further events of the request against the limit of its address. @throws AppError `too_many_requests` */
  charge(sending: Sending, events: number): Promise<void>
  /** Takes a hit through the steps, once for each site it names. Keeps nothing yet. */
  judge(sending: Sending, hit: Hit, stated?: Stated): Promise<Outcome[]>
  /** Resolves when the events of all outcomes are durable; all or none are. Refusals are counted then. */
  keep(outcomes: Outcome[]): Promise<void>
  /** Notes what outcomes say beside their events; `keep` does so too. */
  learn(outcomes: Outcome[]): void
}

const BEARER = /^Bearer\s/i
const NOTHING: Stated = {}

export function createIntake(parts: IntakeParts): Intake {
  const { clock, journal, drops, metrics, gate } = parts
  const readSender = createAddressReader(parts.trustedProxies)
  const learn = (outcomes: Outcome[]) => {
    for (const { draft, reason } of outcomes) {
      if (reason !== undefined) continue
      const { place, identity, site, incoming } = draft
      if (place.cityName !== undefined) parts.cities.note(place.city, place.cityName)
      const { traits } = incoming.hit
      if (isIdentified(identity.visitor) && Object.keys(traits).length > 0) parts.traits.note(site.id, identity.visitor, traits)
    }
  }
  const limitAddress = createAddressLimit({ cache: parts.cache, salts: parts.salts, perMinute: parts.addressLimit })

  return {
    async greet(request) {
      const { headers } = request
      const now = clock()
      const sender = readSender(request.raw.socket.remoteAddress, headers)
      // Not every Authorization is for us: a browser repeats the one of a page behind Basic authentication.
      if (headers.authorization === undefined || !BEARER.test(headers.authorization)) {
        await limitAddress(sender.address)
        return { now, sender, headers, trusted: false }
      }
      const principal = await gate.require(request, 'events')
      if (principal.kind !== 'key') throw new AppError('unauthorized', 'Send an API key as "Authorization: Bearer KEY".')
      return { now, sender: { address: forwarded(headers) || sender.address, proxied: false }, headers, trusted: true }
    },

    charge: async ({ sender, trusted }, events) => {
      if (!trusted && events > 0) await limitAddress(sender.address, events)
    },

    async judge({ now, sender, headers }, hit, stated = NOTHING) {
      const { address, agent, at, language, bot } = stated
      const incoming = readIncoming(
        at === undefined ? hit : { ...hit, at },
        // Beside a stated agent, the headers are those of a server and say nothing of its visitor.
        agent === undefined ? headers : { 'user-agent': agent },
        address === undefined ? sender : { address, proxied: false },
        now,
      )
      if (language !== undefined) incoming.language = language
      if (bot === true) incoming.agent = { ...incoming.agent, bot }
      const outcomes: Outcome[] = []
      for (const domain of hit.domains) outcomes.push(await runPipeline(parts, incoming, domain))
      return outcomes
    },

    async keep(outcomes) {
      const events: Event[] = []
      for (const { draft } of outcomes) if (draft.event) events.push(draft.event)
      if (events.length > 0) {
        await journal.append(events)
        metrics.eventsAccepted.inc(events.length)
      }
      learn(outcomes)
      for (const { draft, reason } of outcomes) if (reason !== undefined) drops.count(draft.site.id, reason)
    },

    learn,
  }
}

/** First address of X-Forwarded-For: a sender with a key forwards for its visitor, and may say so. */
function forwarded(headers: IncomingHttpHeaders): string {
  const given = headers['x-forwarded-for']
  const hops = Array.isArray(given) ? given.join(',') : (given ?? '')
  for (const hop of hops.split(',')) {
    const address = readAddress(hop)
    if (address !== '') return address
  }
  return ''
}
