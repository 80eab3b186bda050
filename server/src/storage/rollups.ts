/** A site whose days are summed up. */
export interface RolledSite {
  id: number
  timezone: string
}

export interface RollOptions {
  /** Unix seconds; days that are not over are left alone. */
  now: number
  signal?: AbortSignal
  /** How long to wait for another process that is at it, seconds; 0 leaves it to that one. */
  wait?: number
  /** Throws all sums away first. */
  again?: boolean
  /** Told after every day. */
  progress?: (done: { site: number; days: number; of: number }) => void
}

/** What became of it: days summed up now, and those that changed meanwhile and will be next time. */
export interface RollResult {
  rolled: number
  busy: number
}

/** A sum that is not that of its rows. */
export interface RollupDifference {
  site: number
  /** `YYYY-MM-DD` in the site's zone. */
  day: string
  /** Such as `events by visit:country`. */
  sum: string
  /** Number of the value, kept and found sums in the order of the columns; null where one of both has no row. */
  value: number
  kept: number[] | null
  found: number[] | null
}

export interface CheckResult {
  days: number
  /** The first of them. */
  differences: RollupDifference[]
}

/** Changes that wait to be summed up, of days that are over; counted by days of UTC, since no one zone is that of all sites. */
export interface RollupState {
  days: number
  /** Unix second of the oldest such change, or null. */
  since: number | null
}

/**
 * Sums of days, in stores that answer from them. Answers are the same with and without; only the time they take is not. Sums are made
 * from rows by a job and never added to: a change makes its day one that is read from rows until the job has come by.
 */
export interface Rollups {
  /** Sums up every day of these sites that is over and has no sums, or was changed since. One process at a time. */
  roll(sites: readonly RolledSite[], options: RollOptions): Promise<RollResult>
  /** Compares sums with rows, as many differences as `most` at most. */
  check(sites: readonly RolledSite[], options: Pick<RollOptions, 'signal' | 'progress'> & { most?: number }): Promise<CheckResult>
  /** What is waiting. `now` in Unix seconds. */
  state(now: number): Promise<RollupState>
}
