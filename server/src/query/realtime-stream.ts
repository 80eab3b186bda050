import { setTimeout as wait } from 'node:timers/promises'
import type { Realtime } from '@footfall/contract/realtime.ts'
import type { Site } from '@footfall/contract/sites.ts'
import { AppError } from '../errors.ts'
import type { Reader } from '../seams.ts'

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

/** What a stream is about, and for whom. */
export interface Watched {
  site: Site
  reader: Reader
  /** Whether the reader may go on, asked at every look; absent where that is asked when the stream comes back. */
  still?: () => Promise<boolean>
}

export interface Streams {
  /**
   * Messages for one client until `signal` says that it left (which it must, once), the streams are closed, or an hour has passed.
   *
   * @throws AppError unavailable where there are too many
   */
  open(watched: Watched, signal: AbortSignal): AsyncGenerator<string>
  /** Ends all of them. */
  close(): void
}

/** One message of the event stream format (html.spec.whatwg.org, "Server-sent events"). JSON has no line breaks. */
const message = (data: Realtime) => `event: realtime\ndata: ${JSON.stringify(data)}\n\n`
const HEART_BEAT = ': still here\n\n'

/**
 * Streams of what happens on sites. All streams of a site (and of the same part of it) share one look every few seconds, and what
 * has not changed is not sent again.
 */
export function createStreams(look: (watched: Watched, signal: AbortSignal) => Promise<Realtime>, pace: Pace = PACE): Streams {
  const looks = new Map<string, Promise<Realtime>>()
  const closing = new AbortController()
  let open = 0

  function shared(watched: Watched): Promise<Realtime> {
    const { site, reader } = watched
    const key = JSON.stringify([site.id, reader.kind === 'guest' ? reader.filters : []])
    const running = looks.get(key)
    if (running) return running
    const found = look(watched, closing.signal)
    looks.set(key, found)
    const forget = () => void looks.delete(key)
    // Those who look within the pace get the same answer; a failure is not kept.
    found
      .then(
        () => wait(pace.look - 1, undefined, { ref: false, signal: closing.signal }),
        () => undefined,
      )
      .then(forget, forget)
    return found
  }

  async function* messages(watched: Watched, signal: AbortSignal): AsyncGenerator<string> {
    let last = ''
    let silent = 0
    const until = performance.now() + LONGEST_MILLISECONDS
    try {
      while (!signal.aborted && performance.now() < until) {
        if (watched.still && !(await watched.still())) return
        const next = message(await shared(watched))
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
    open(watched, signal) {
      if (open >= MOST_STREAMS)
        throw new AppError('unavailable', `${MOST_STREAMS} streams are open, which is as many as there can be.`, { retryAfter: 60 })
      open++
      signal.addEventListener('abort', () => void open--, { once: true })
      return messages(watched, AbortSignal.any([signal, closing.signal]))
    },
    close: () => closing.abort(),
  }
}
