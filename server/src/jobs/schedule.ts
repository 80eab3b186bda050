import { Cron } from 'croner'
import type { Log } from '../lib/app.ts'
import type { Claim } from './claims.ts'

/** Work that comes again. It must bear being run twice, at once or never: it mends and tidies, it does not count. */
export interface Job {
  name: string
  /** When, as a cron pattern in UTC; by the minute (claims.ts). */
  when: string
  run: () => unknown
  /** It tidies the memory of the process: every one does it for itself. Other jobs one of all processes does. */
  everywhere?: boolean
}

/**
 * Starts the timers. A job that is still running when its time comes again is not started a second time; one that fails is logged
 * and tried at its next time.
 */
export function startJobs(jobs: Job[], log: Log, claim: Claim): { stop: () => void } {
  const timers = jobs.map(({ name, when, run, everywhere = false }) => {
    return new Cron(
      when,
      // Without a name: croner lets one process have each name once, and a test may run two servers.
      { timezone: 'UTC', protect: true, unref: true, catch: (error) => log.error({ err: error, job: name }, 'job failed') },
      async () => {
        if (everywhere || (await claim(name, new Date()))) await run()
      },
    )
  })
  return { stop: () => timers.forEach((timer) => timer.stop()) }
}
