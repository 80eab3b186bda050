import { Cron } from 'croner'
import type { Log } from '../lib/app.ts'

/** Work that comes again. It must bear being run twice, at once or never: it mends and tidies, it does not count. */
export interface Job {
  name: string
  /** When, as a cron pattern in UTC. */
  when: string
  run: () => unknown
}

/**
 * Starts the timers. A job that is still running when its time comes again is not started a second time; one that fails is logged
 * and tried at its next time.
 */
export function startJobs(jobs: Job[], log: Log): { stop: () => void } {
  const timers = jobs.map(({ name, when, run }) => {
    return new Cron(
      when,
      { name, timezone: 'UTC', protect: true, unref: true, catch: (error) => log.error({ err: error, job: name }, 'job failed') },
      async () => {
        await run()
      },
    )
  })
  return { stop: () => timers.forEach((timer) => timer.stop()) }
}
