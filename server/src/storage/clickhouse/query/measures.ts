import type { EventMeasure, Part, VisitMeasure } from '../../question.ts'
import { type Statement, conditionSql } from './condition.ts'

type Aggregate<P extends Part> = (part: P, statement: Statement) => string
type EventPart = Part & { of: 'events' }
type VisitPart = Part & { of: 'visits' }

const deepest = `maxMapIf(map(visit, scroll), name = 'engagement' AND scroll <= 100)`

/** Whether an event carries an amount that counts: of the currency asked for, or of the goal's in whose row it stands. */
function paid(_part: EventPart, { question, params }: Statement): string {
  if (question.currency !== '') return `revenue_currency = ${params.text(question.currency)}`
  return `revenue_currency != '' AND revenue_currency = ${params.texts(question.goals.map((goal) => goal.currency))}[goal]`
}

const EVENT_MEASURES = {
  visitors: () => 'uniqExact(visitor)',
  visits: () => 'uniqExact(visit)',
  pageviews: () => `countIf(name = 'pageview')`,
  events: () => `countIf(name != 'engagement')`,
  engagement: () => 'sum(engagement)',
  engaged: () => `uniqExactIf(visit, name = 'engagement')`,
  revenue: (part, statement) => `sumIf(revenue_amount, ${paid(part, statement)}) * 1000`,
  sales: (part, statement) => `countIf(${paid(part, statement)})`,
  scroll: () => `arraySum(mapValues(${deepest}))`,
  scrolled: () => `length(${deepest})`,
} satisfies Record<EventMeasure, Aggregate<EventPart>>

const entered: Aggregate<VisitPart> = (part, statement) => conditionSql(part.entry, 'visits', statement)

const VISIT_MEASURES = {
  visitors: () => 'uniqExact(visitor)',
  visits: () => 'count()',
  bounces: (part, statement) => `countIf(bounce AND ${entered(part, statement)})`,
  entries: (part, statement) => `countIf(${entered(part, statement)})`,
  duration: () => 'sum(duration)',
  views: () => 'sum(pageviews)',
} satisfies Record<VisitMeasure, Aggregate<VisitPart>>

/** The aggregates of a part in the order of its measures, as whole numbers. */
export function measuresSql(part: Part, statement: Statement): string[] {
  const list =
    part.of === 'events'
      ? part.measures.map((measure) => EVENT_MEASURES[measure](part, statement))
      : part.measures.map((measure) => VISIT_MEASURES[measure](part, statement))
  return list.map((aggregate) => `toInt64(${aggregate})`)
}
