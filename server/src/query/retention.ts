import { type Cohort, MOST_RETENTION_PERIODS, type RetentionBody, type RetentionResult } from '@footfall/contract/retention.ts'
import { dateOfDay, offsetsBetween } from '../lib/zone.ts'
import type { RetentionQuestion, RetentionRow } from '../storage/reports.ts'
import { keyOf } from './labels.ts'
import type { ParseContext } from './parse.ts'
import { percent } from './percent.ts'
import { refuse } from './refuse.ts'
import { type ReportScope, echoScope, readScope, scopeOf } from './scope.ts'

/** A question about retention that was checked and resolved. */
export interface RetentionQuery {
  scope: ReportScope
  /** First days of the periods in range that have begun, as days since 1970, in order. */
  periods: number[]
  /** The last period is not over, or the range ends before it. */
  partial: boolean
  question: RetentionQuestion
}

/** What the numbers can say, by whom they count. */
const NOTES = {
  all: 'Anonymous visitors cannot be recognised after the end of a day of the site: each day they are new ones. Only visitors who are identified or were imported with lasting names can return later; everybody else counts in the cohort of each day they came.',
  identified:
    'These are visitors whom the site identified, and who are recognised for ever. A visit that had begun before the site said who it is counts as that of an anonymous visitor, and is not among these.',
} as const

const startOfNext = (bucket: RetentionQuestion['bucket'], day: number): Temporal.PlainDate => dateOfDay(day).add({ [`${bucket}s`]: 1 })

const WEEK = 7 * 86_400

/**
 * Checks a body of `POST /api/v2/retention`.
 *
 * @param context.firstAt first event of the site: the history from there on decides when a visitor was first seen
 * @throws AppError invalid_query
 */
export function parseRetention(body: RetentionBody, context: ParseContext): RetentionQuery {
  const scope = readScope(body, context)
  const { range, site } = scope
  const { period: bucket } = body
  const to = Math.min(range.to, context.now)
  const from = Math.min(range.from, context.firstAt ?? range.from)
  const offsets = offsetsBetween(site.timezone, Math.max(0, from - WEEK), Math.max(range.to, context.now) + 32 * 86_400)
  const dayOf = (instant: number) => keyOf(bucket, instant, offsets, 0)

  const periods: number[] = []
  for (let day = dayOf(range.from); range.from <= to && day <= dayOf(to);) {
    if (periods.length === MOST_RETENTION_PERIODS) {
      const sentence = `date_range has more than ${MOST_RETENTION_PERIODS} periods; choose a shorter one, or longer periods`
      throw refuse('date_range', sentence)
    }
    periods.push(day)
    day = keyOf('day', epochSeconds(startOfNext(bucket, day)), { offset: 0, changes: [] }, 0)
  }
  const last = periods.at(-1)
  const identified = body.visitors === 'identified'
  const question = { ...scopeOf('visits', scope, context), from, to, firstSeen: range.from, identified, bucket, offsets }
  return { scope, periods, partial: last !== undefined && dayOf(to + 1) === last, question }
}

const epochSeconds = (date: Temporal.PlainDate) => Math.floor(date.toZonedDateTime('UTC').epochMilliseconds / 1000)

/**
 * Puts the rows of the engine into a triangle: a row a cohort, a column a period since.
 * @param identifies whether the site names its visitors now
 */
export function answerRetention(
  { scope, periods, partial, question }: RetentionQuery,
  rows: RetentionRow[],
  identifies: boolean,
): RetentionResult {
  const found = new Map(rows.map(({ cohort, bucket, visitors }) => [`${cohort} ${bucket}`, visitors]))
  const cohorts = periods.map((cohort, index): Cohort => {
    const returned = periods.slice(index).map((period) => found.get(`${cohort} ${period}`) ?? 0)
    const [visitors = 0] = returned
    return { cohort: dateOfDay(cohort).toString(), visitors, returned, rates: returned.map((count) => percent(count, visitors)) }
  })
  const { site_id, date_range, filters } = echoScope(scope)
  const visitors = question.identified ? 'identified' : 'all'
  return {
    cohorts,
    meta: {
      identifies,
      note: NOTES[visitors],
      partial_period: partial ? dateOfDay(periods.at(-1)!).toString() : null,
    },
    query: { site_id, date_range, period: question.bucket, visitors, filters },
  }
}
