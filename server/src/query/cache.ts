import { hash } from 'node:crypto'
import type { Cache } from '../cache/cache.ts'
import type { Log } from '../lib/app.ts'
import type { WriteMarks } from '../seams.ts'
import { VERSION } from '../version.ts'

/** A question whose answer follows from the events of a site and nothing else. */
export interface Asked {
  site: number
  /** Last Unix second that it looks at. */
  to: number
  /**
   * All that the answer depends on, resolved: ranges as instants, goals and segments as what they stand for, the site's zone.
   * Goes into the key as JSON, so it must not hold a Map or a Set.
   */
  question: Record<string, unknown>
}

export interface Kept<Answer> {
  answer: Answer
  cache: 'hit' | 'miss'
}

/** Answers that are kept until the site's next write (closed periods: until the next write to one of them). */
export interface AnswerCache {
  /**
   * @param signal of the client that `compute` works for. Those who ask the same meanwhile wait for it, and work for themselves
   *   only where it left.
   */
  keep<Answer>(asked: Asked, signal: AbortSignal, compute: () => Promise<Answer>): Promise<Kept<Answer>>
}

/** Characters of the largest answer that is kept: a thousand rows of pages take 60,000. */
const LARGEST = 250_000

/**
 * The mark is read before the engine is asked and is part of the key: an answer worked out while a write went on is kept under
 * the mark from before it, and not found by anyone who asks after. A cache that fails costs its use, never an answer.
 */
export function createAnswerCache({ cache, marks, log }: { cache: Cache; marks: WriteMarks; log: Pick<Log, 'warn'> }): AnswerCache {
  const underWay = new Map<string, { answer: Promise<unknown>; signal: AbortSignal }>()

  const quietly = <Result>(work: Promise<Result>): Promise<Result | undefined> =>
    work.catch((error: unknown) => {
      log.warn({ err: error }, 'answers cannot be kept')
      return undefined
    })

  async function compute<Answer>(key: string, seconds: number, work: () => Promise<Answer>): Promise<Answer> {
    const answer = await work()
    if (JSON.stringify(answer).length <= LARGEST) await quietly(cache.set(key, answer, seconds))
    return answer
  }

  return {
    async keep<Answer>({ site, to, question }: Asked, signal: AbortSignal, work: () => Promise<Answer>): Promise<Kept<Answer>> {
      const current = await marks.current(site, to)
      if (!current) return { answer: await work(), cache: 'miss' }
      const key = `answer:${hash('sha256', JSON.stringify([VERSION, site, to, current.mark, question]))}`
      const found = await quietly(cache.get<Answer>(key))
      if (found !== undefined) return { answer: found, cache: 'hit' }

      const other = underWay.get(key)
      if (other) {
        const shared = await (other.answer as Promise<Answer>).then(
          (answer) => ({ answer }),
          (error: unknown) => {
            if (!other.signal.aborted) throw error
            return null
          },
        )
        if (shared) return { ...shared, cache: 'hit' }
      }
      const answer = compute(key, current.seconds, work)
      underWay.set(key, { answer, signal })
      try {
        return { answer: await answer, cache: 'miss' }
      } finally {
        if (underWay.get(key)?.answer === answer) underWay.delete(key)
      }
    },
  }
}
