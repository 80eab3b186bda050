import { randomUUID } from 'node:crypto'
import type { Clock, WriteMarks } from '../seams.ts'
import type { Cache } from './cache.ts'

/** The collector refuses older events, and imports are told apart: so only an import changes what is older. */
const RECENT_SECONDS = 48 * 3600
/** How far the clocks of two machines may differ. */
const SLACK_SECONDS = 3600
const MONTH = 30 * 86_400

/** How long answers are kept, seconds. Marks decide; the short one bounds what a cache that went back in time (a fail-over) can do. */
const KEPT = { closed: 7 * 86_400, open: 600 } as const

/**
 * Marks in the cache, two a site: one that every write changes, one that only writes to what is older than 48 hours change.
 * A mark is random, so one that was forgotten never comes back as an earlier one: answers under it are merely not found again.
 * One that cannot be written is owed, and until then nothing is looked up under it by this process.
 */
export function createWriteMarks({ cache, clock }: { cache: Cache; clock: Clock }): WriteMarks {
  const owed = new Set<string>()
  /** New marks on their way, so that those who find none at the same time get the same one. */
  const coming = new Map<string, Promise<string>>()
  const keyOf = (site: number, kind: keyof typeof KEPT) => `mark:${kind}:${site}`

  async function renew(key: string): Promise<string> {
    const mark = randomUUID()
    try {
      await cache.set(key, mark, MONTH)
    } catch (error) {
      owed.add(key)
      throw error
    }
    owed.delete(key)
    return mark
  }

  function once(key: string): Promise<string> {
    const mark = coming.get(key) ?? renew(key).finally(() => coming.delete(key))
    coming.set(key, mark)
    return mark
  }

  return {
    async mark(site, since) {
      const old = since < clock() / 1000 - RECENT_SECONDS
      const keys = [keyOf(site, 'open'), ...(old ? [keyOf(site, 'closed')] : [])]
      // A cache that is down must not hold up a write; what is owed is made good below.
      await Promise.allSettled(keys.map(renew))
    },
    async current(site, to) {
      const kind = to < clock() / 1000 - RECENT_SECONDS - SLACK_SECONDS ? 'closed' : 'open'
      const key = keyOf(site, kind)
      try {
        const found = owed.has(key) ? undefined : await cache.get<string>(key)
        return { mark: found ?? (await once(key)), seconds: KEPT[kind] }
      } catch {
        return null
      }
    },
  }
}
