import { setTimeout as wait } from 'node:timers/promises'
import type { Realtime } from '@footfall/contract/realtime.ts'
import type { Site } from '@footfall/contract/sites.ts'
import { AppError } from '../errors.ts'

/** Milliseconds between two looks, and of silence after which a sign of life is sent: proxies close what is silent for a minute. */
export interface Pace {
  look: number
  beat: number
}
export const PACE: Pace = { look: 3000, beat: 15_000 }

/** Every stream is an open connection; the dashboard of a person has one. */
const MOST_STREAMS = 200
/** The browser comes back by itself; a session or key that ended meanwhile is noticed then. */
const LONGEST_MILLISECONDS = 3_600_000

export interface Streams {
  /**
   * Messages for one client until `signal` says that it left (which it must, once), the streams are closed, or an hour has passed.
   *
   * @throws AppError unavailable where there are too many
   */
  open(site: Site, signal: AbortSignal): AsyncGenerator<string>
  /** Ends all of them. */
  close(): void
}

/** One message of the event stream format (html.spec.whatwg.org, "Server-sent events"). JSON has no line breaks. */
const message = (data: Realtime) => `event: realtime\ndata: ${JSON.stringify(data)}\n\n`
const HEART_BEAT = ': still here\n\n'

/**
 * Streams of what happens on sites. All streams of a site share one look every few seconds, however many there are, and what
 * has not changed is not sent again.
 */
export function createStreams(look: (site: Site, signal: AbortSignal) => Promise<Realtime>, pace: Pace = PACE): Streams {
  const looks = new Map<number, Promise<Realtime>>()
  const closing = new AbortController()
  let open = 0

  function shared(site: Site): Promise<Realtime> {
    const running = looks.get(site.id)
    if (running) return running
    const found = look(site, closing.signal)
    looks.set(site.id, found)
    const forget = () => void looks.delete(site.id)
    // Those who look within the pace get the same answer; a failure is not kept.
    found
      .then(
        () => wait(pace.look - 1, undefined, { ref: false, signal: closing.signal }),
        () => undefined,
      )
      .then(forget, forget)
    return found
  }

  async function* messages(site: Site, signal: AbortSignal): AsyncGenerator<string> {
    let last = ''
    let silent = 0
    const until = performance.now() + LONGEST_MILLISECONDS
    try {
      while (!signal.aborted && performance.now() < until) {
        const next = message(await shared(site))
        silent += pace.look
        if (next !== last || silent >= pace.beat) {
          yield next === last ? HEART_BEAT : next
          last = next
          silent = 0
        }
        await wait(pace.look, undefined, { signal })
      }
    } catch (error) {
      // The client left, or the server stops: both end a stream as they should.
      if (!signal.aborted) throw error
    }
  }

  return {
    open(site, signal) {
      if (open >= MOST_STREAMS)
        throw new AppError('unavailable', `${MOST_STREAMS} streams are open, which is as many as there can be.`, { retryAfter: 60 })
      open++
      signal.addEventListener('abort', () => void open--, { once: true })
      return messages(site, AbortSignal.any([signal, closing.signal]))
    },
    close: () => closing.abort(),
  }
}
