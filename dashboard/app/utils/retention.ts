import type { Cohort, RetentionBody, RetentionResult } from '@footfall/contract/retention.ts'

export type RetentionPeriod = RetentionBody['period']
export const PERIOD_KEYS = ['day', 'week', 'month'] as const satisfies readonly RetentionPeriod[]

/** Most periods that the server makes cohorts of. */
const MOST = 100
const DAYS: Record<RetentionPeriod, number> = { day: 1, week: 7, month: 28 }

/** Widths that a range of so many days can be cut into; of an open one (null) the wide ones. */
export const periodsThatFit = (days: number | null): RetentionPeriod[] =>
  days === null ? ['week', 'month'] : PERIOD_KEYS.filter((key) => days <= (MOST - 1) * DAYS[key])

/** The width of a period: the one asked for where it fits, else one that gives a table that can be read at a glance. */
export function shownPeriodWidth(asked: string | undefined, days: number | null): RetentionPeriod {
  const fits = periodsThatFit(days)
  const wanted = fits.find((key) => key === asked)
  if (wanted) return wanted
  return days !== null && days <= 15 ? 'day' : days !== null && days <= 100 ? 'week' : 'month'
}

/** One cell: who came back, of how many, and whether the period it speaks of is still running. */
export interface RetentionCell {
  returned: number
  rate: number
  partial: boolean
}
export interface RetentionRow {
  cohort: string
  visitors: number
  /** From the period after the first on: in the first one everybody was there. */
  cells: RetentionCell[]
}

/** Cohorts as rows of the table; those before the first visit of all are left out. */
export function retentionRows({ cohorts, meta }: Pick<RetentionResult, 'cohorts' | 'meta'>): RetentionRow[] {
  const first = cohorts.findIndex(({ visitors }) => visitors > 0)
  if (first === -1) return []
  const shown = cohorts.slice(first)
  return shown.map(({ cohort, visitors, returned, rates }, row) => ({
    cohort,
    visitors,
    cells: returned.slice(1).map((number, at) => ({
      returned: number,
      rate: rates[at + 1] ?? 0,
      partial: meta.partial_period !== null && row + at + 1 === shown.length - 1,
    })),
  }))
}

/** All cohorts together, period by period; a period that is still running would pull the rate down and is left out. */
export function together(rows: readonly RetentionRow[]): (RetentionCell & { of: number })[] {
  const most = Math.max(0, ...rows.map(({ cells }) => cells.length))
  return Array.from({ length: most }, (_, at) => {
    const counted = rows.filter(({ cells }) => cells[at] && !cells[at].partial)
    const of = sum(counted.map(({ visitors }) => visitors))
    const returned = sum(counted.map(({ cells }) => cells[at]?.returned ?? 0))
    return { returned, of, rate: of === 0 ? 0 : (returned / of) * 100, partial: of === 0 }
  })
}
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** Whether somebody came back at all, as far as can be seen. */
export const anyReturned = (cohorts: readonly Cohort[]): boolean =>
  cohorts.some(({ returned }) => returned.slice(1).some((number) => number > 0))

/** How strong the colour of a cell is, 0–100 percent of the theme's, against the highest rate of the table. */
export const heat = (rate: number, highest: number): number => (rate === 0 || highest === 0 ? 0 : Math.round(8 + (47 * rate) / highest))
