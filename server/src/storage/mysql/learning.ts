import type { PoolConnection } from 'mysql2/promise'
import type { SharedTexts } from '../../seams.ts'
import type { MySqlClient } from './client.ts'
import { type Generation, missingGenerations, nameOf, newGeneration, oldestGeneration } from './generations.ts'

/** Numbers that a batch was encoded with are not those of the database any more: encode it again. */
export class StaleNumbers extends Error {
  override name = 'StaleNumbers'
}

/** A number that memory did not have. */
export interface Learned {
  /** Key in the shared memory. */
  key: string
  number: number
  /** Under which it was found in the shared memory; null where it came from the database. */
  generation: Generation | null
  /** Puts it into the memory of this process. */
  remember(): void
}

/** The numbers of one batch, from looking them up to the commit. Only then does anybody remember what was learned. */
export interface Lesson {
  /** Numbers that processes left in the shared memory. One round trip, and no longer than a moment. */
  recall(keys: string[]): Promise<Map<string, { number: number; generation: Generation }>>
  learn(learned: Learned): void
  /** In the transaction that writes the batch: are all of its numbers those of this database? @throws StaleNumbers */
  confirm(connection: PoolConnection): Promise<void>
  /** After the commit: remembers, and tells the other processes without being waited for. */
  keep(): void
}

export interface Learning {
  /** @param alone without the shared memory */
  begin(alone: boolean): Promise<Lesson>
  /** Forgets everything, as after an erasure. */
  reset(): void
}

/** Redis forgets them by then. They hold no text, only hashes and numbers. */
const SHARED_SECONDS = 86_400
/** Generations known to be gone. */
const MOST_GONE = 10_000
const FORM = /^([1-9]\d{0,9}) ([1-9]\d{0,9}) (\d{1,20})$/

/**
 * Watches over what this process remembers. Its memory is as good as its newest generation, which every transaction looks for,
 * beside those under which the shared memory had numbers: one statement, by primary key.
 *
 * @param forget empties the memory of this process
 */
export function createLearning({ pool }: MySqlClient, shared: SharedTexts | null, forget: () => void): Learning {
  /** Vouches for all that this process remembers; null before the first batch. */
  let base: Generation | null = null
  let opening: Promise<Generation> | null = null
  let resets = 0
  /** No generation below it is left. */
  let oldest = 0
  const gone = new Set<string>()

  function reset(): void {
    base = null
    resets += 1
    forget()
  }

  async function open(): Promise<Generation> {
    try {
      base = await newGeneration(pool)
      oldest = await oldestGeneration(pool)
      return base
    } finally {
      opening = null
    }
  }

  function notThere(missing: Generation[]): void {
    if (gone.size > MOST_GONE) gone.clear()
    for (const generation of missing) gone.add(nameOf(generation))
  }

  return {
    reset,
    async begin(alone) {
      const started = base ?? (await (opening ??= open()))
      const before = resets
      const learned: Learned[] = []
      let confirmed: Generation | null = null
      return {
        async recall(keys) {
          const found = new Map<string, { number: number; generation: Generation }>()
          if (alone || !shared) return found
          for (const [key, text] of await shared.getMany<unknown>(keys)) {
            const [, number, id, nonce] = FORM.exec(String(text)) ?? []
            if (nonce === undefined || gone.has(`${id} ${nonce}`) || Number(id) < oldest) continue
            found.set(key, { number: Number(number), generation: { id: Number(id), nonce } })
          }
          return found
        },
        learn: (each) => void learned.push(each),
        async confirm(connection) {
          const borrowed = learned.flatMap(({ generation }) => generation ?? [])
          const asked = new Map([started, base ?? started, ...borrowed].map((generation) => [nameOf(generation), generation]))
          const missing = await missingGenerations(connection, [...asked.values()])
          notThere(missing)
          if (missing.some(({ id }) => id === started.id || id === base?.id)) reset()
          if (missing.length > 0) throw new StaleNumbers(`${missing.length} of ${asked.size} generations are gone`)
          confirmed = learned.length > 0 ? await newGeneration(connection) : null
        },
        keep() {
          // What was forgotten meanwhile may be what was learned here.
          if (!confirmed || resets !== before) return
          if (!base || base.id < confirmed.id) base = confirmed
          for (const { remember } of learned) remember()
          const news = learned.filter(({ generation }) => !generation)
          const texts = new Map(news.map(({ key, number }) => [key, `${number} ${nameOf(confirmed!)}`]))
          if (texts.size > 0) shared?.setMany(texts, SHARED_SECONDS).catch(() => undefined)
        },
      }
    },
  }
}
