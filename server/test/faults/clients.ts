import { setTimeout as pause } from 'node:timers/promises'
import type { Ledger } from './ledger.ts'
import { DOMAIN, person, withoutPings, type Act } from './people.ts'
import { createRandom, type Random } from './random.ts'

/** Status and headers of an answer; null where none came. */
export type Answer = { status: number; headers: Headers } | null
export type Send = (url: string, act: Act, body: string) => Promise<Answer>

export interface ClientOptions {
  /** Of the processes, each of which may take any event. */
  urls: string[]
  seed: number
  /** Number of the next person: nobody comes twice. */
  nextPerson: () => number
  /** How many send at the same time. */
  clients: number
  ledger: Ledger
  /** Default: fetch. */
  send?: Send
}

/** People that use the site until they are told to stop. */
export interface Clients {
  /** No new people; resolves when every event that may be sent again is acknowledged. */
  settle(): Promise<void>
}

/**
 * Several clients at once, each sending what one person after another does, event by event: without an answer, or
 * with 503, an event is sent again under the same id until it is acknowledged, as the tracker does.
 */
export function startClients({ urls, seed, nextPerson, clients, ledger, send = fetchSend }: ClientOptions): Clients {
  const begin = Date.now()
  const stopping = new AbortController()

  async function client(): Promise<void> {
    while (!stopping.signal.aborted) {
      const number = nextPerson()
      const random = createRandom(seed * 100_003 + number)
      const acts = person(number, begin, random)
      for (const act of urls.length === 1 ? acts : withoutPings(acts)) {
        // A person whose visits are half sent is sent to the end: pings come after their page view only.
        await deliver(act, random)
        await pause(stopping.signal.aborted ? 0 : random.between(0, 8))
      }
    }
  }

  async function deliver(act: Act, random: Random): Promise<void> {
    for (;;) {
      ledger.sent(act)
      const url = urls.length === 1 ? urls[0] : random.pick(urls)
      const answer = await send(`${url}/api/event`, act, bodyOf(act))
      if (answer?.status === 202) return ledger.acknowledged(act, answer.headers)
      if (answer) ledger.refused(act, answer.status, answer.headers)
      if (act.once) return
      await pause(20)
    }
  }

  const running = Array.from({ length: clients }, client)
  return {
    async settle() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

function bodyOf({ page, name, at, interactive, once }: Act): string {
  return JSON.stringify({
    n: name,
    d: DOMAIN,
    u: `https://${DOMAIN}${page}`,
    t: at,
    s: Date.now(),
    ...(!once && { id: page }),
    ...(name === 'engagement' ? { e: 1000, sd: 50 } : !interactive && { i: false }),
  })
}

const fetchSend: Send = (url, { from }, body) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'x-forwarded-for': from.ip },
    body,
    signal: AbortSignal.timeout(30_000),
  }).then(
    async (response) => {
      await response.text()
      return { status: response.status, headers: response.headers }
    },
    () => null,
  )
