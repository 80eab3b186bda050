import { setTimeout as pause } from 'node:timers/promises'
import { DROPPED_HEADER } from '@footfall/contract/event.ts'

/** One event ready for the collector, as the tracker would send it. */
export interface Parcel {
  /** Body without `s`, which is the time of each try. */
  body: Record<string, unknown>
  headers: Record<string, string>
}

export interface SenderOptions {
  /** Full address of the collector. */
  url: string
  /** Requests under way at once. */
  concurrency?: number
  /** Events kept while the server is away; beyond it the oldest waiting one is given up. */
  capacity?: number
  signal: AbortSignal
  fetch?: typeof fetch
  /** Longest pause between two tries, ms. */
  longestPause?: number
}

export interface Tally {
  /** Answered 2xx and counted. */
  ok: number
  /** Answered 2xx but not counted, by reason. */
  dropped: Record<string, number>
  /** Refused for good (4xx), or given up. */
  failed: number
  /** Tries that were answered 5xx or 429, or not at all. */
  retries: number
  /** The last thing that went wrong, in words. */
  problem: string
}

export interface Sender {
  send(parcel: Parcel): void
  readonly tally: Tally
  /** Events not yet answered. */
  waiting(): number
  /** Resolves when everything is answered, or the signal is aborted. */
  idle(): Promise<void>
}

/**
 * Sends events as the tracker does: the same `id` again and again, with growing pauses, until the server answers 2xx.
 * A 4xx other than 429 will not get better and is counted as failed.
 */
export function createSender(options: SenderOptions): Sender {
  const { url, signal, concurrency = 32, capacity = 10_000, longestPause = 10_000 } = options
  const request = options.fetch ?? fetch
  const queue: Parcel[] = []
  const running = new Set<Promise<void>>()
  const tally: Tally = { ok: 0, dropped: {}, failed: 0, retries: 0, problem: '' }

  /** Answers how long to wait before the next try, or null when the event is done with. */
  const attempt = async (parcel: Parcel, tries: number): Promise<number | null> => {
    let asked = 0
    try {
      const body = JSON.stringify({ ...parcel.body, s: Date.now() })
      const response = await request(url, { method: 'POST', headers: parcel.headers, body, signal })
      const text = await response.text()
      if (response.ok) {
        const reason = response.headers.get(DROPPED_HEADER)
        if (reason === null) tally.ok++
        else tally.dropped[reason] = (tally.dropped[reason] ?? 0) + 1
        return null
      }
      tally.problem = `${response.status} ${text.slice(0, 120)}`
      if (response.status < 500 && response.status !== 429) {
        tally.failed++
        return null
      }
      asked = Number(response.headers.get('retry-after') ?? 0) * 1000
    } catch (error) {
      if (signal.aborted) return null
      tally.problem = error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error)
    }
    tally.retries++
    // Up to a quarter more, so that a server that comes back is not met by everybody at once.
    return Math.min(longestPause, Math.max(asked || 0, 500 * 2 ** tries)) * (1 + Math.random() / 4)
  }

  const deliver = async (parcel: Parcel): Promise<void> => {
    for (let tries = 0; !signal.aborted; tries++) {
      const wait = await attempt(parcel, tries)
      if (wait === null) return
      await pause(wait, undefined, { signal }).catch(() => {})
    }
  }

  const fill = (): void => {
    while (running.size < concurrency && queue.length > 0 && !signal.aborted) {
      const delivery: Promise<void> = deliver(queue.shift()!).finally(() => {
        running.delete(delivery)
        fill()
      })
      running.add(delivery)
    }
  }

  return {
    tally,
    send(parcel) {
      if (queue.length >= capacity) {
        queue.shift()
        tally.failed++
        tally.problem = `more than ${capacity} events are waiting`
      }
      queue.push(parcel)
      fill()
    },
    waiting: () => queue.length + running.size,
    async idle() {
      while (running.size > 0) await Promise.race(running)
    },
  }
}
