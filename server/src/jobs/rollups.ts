import type { Log } from '../lib/app.ts'
import type { Metrics } from '../metrics.ts'
import type { Clock } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import type { RolledSite } from '../storage/rollups.ts'

export interface RollupParts {
  engine: Pick<Engine, 'rollups'>
  /** Sites by domain, so many of those that follow. */
  sites: (limit: number, after: string) => Promise<(RolledSite & { domain: string })[]>
  clock: Clock
  log: Log
  metrics: Pick<Metrics, 'rollupDays' | 'rollupAge'>
}

const PAGE = 1000
const MANY_DAYS = 10

/** Sums up the days that are over, in stores that keep sums; for jobs. `stop` ends it between two sums and waits until it has. */
export function rollupJob({ engine, sites, clock, log, metrics }: RollupParts): { run: () => Promise<void>; stop: () => Promise<void> } {
  const leaving = new AbortController()
  let running: Promise<void> = Promise.resolve()

  async function rollAll(): Promise<void> {
    const { rollups } = engine
    if (!rollups) return
    const now = Math.floor(clock() / 1000)
    let days = 0
    for (let after = '', more = true; more;) {
      const page = await sites(PAGE, after)
      const { rolled } = await rollups.roll(page, { now, signal: leaving.signal })
      days += rolled
      after = page.at(-1)?.domain ?? ''
      more = page.length === PAGE
    }
    if (days >= MANY_DAYS) log.info({ days }, 'summed up days')
    const waiting = await rollups.state(now)
    metrics.rollupDays.set(waiting.days)
    metrics.rollupAge.set(waiting.since === null ? 0 : Math.max(0, now - waiting.since))
  }

  return {
    run() {
      running = rollAll().catch((error: unknown) => {
        if (!leaving.signal.aborted) throw error
      })
      return running
    },
    async stop() {
      leaving.abort()
      await running.catch(() => undefined)
    },
  }
}
