import type { DepthMeasure, EventMeasure, Part, ValueMeasure, VisitMeasure } from '../../question.ts'
import { type Statement, column, conditionSql } from './condition.ts'

type Aggregate<P extends Part> = (part: P, statement: Statement) => string
type EventPart = Part & { of: 'events' }
type ValuePart = Part & { of: 'values' }
type VisitPart = Part & { of: 'visits' }

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
} satisfies Record<EventMeasure, Aggregate<EventPart>>

/** Over one row a visit, made by statement.ts. */
const DEPTH_MEASURES = { scroll: 'sum(deepest)', scrolled: 'count()' } satisfies Record<DepthMeasure, string>

/** Whether the property holds a number that counts. */
export const isValue = ({ prop }: ValuePart, statement: Statement): string =>
  `match(${column(`event:props:${prop}`, statement)}, '^[0-9]{1,7}([.][0-9]{1,4})?$')`

const VALUE_MEASURES = {
  // Not quantileExact, which takes the next larger one where three quarters are a whole number.
  p75: ({ prop }, statement) =>
    `arraySort(groupArray(toDecimal64OrZero(${column(`event:props:${prop}`, statement)}, 4) * 10000))[intDiv(3 * count() + 3, 4)]`,
  valued: () => 'count()',
} satisfies Record<ValueMeasure, Aggregate<ValuePart>>

const entered: Aggregate<VisitPart> = (part, statement) => conditionSql(part.entry, 'visits', statement)

const VISIT_MEASURES = {
  visitors: () => 'uniqExact(visitor)',
  visits: () => 'count()',
  bounces: (part, statement) => `countIf(bounce AND ${entered(part, statement)})`,
  entries: (part, statement) => `countIf(${entered(part, statement)})`,
  duration: () => 'sum(duration)',
  views: () => 'sum(pageviews)',
} satisfies Record<VisitMeasure, Aggregate<VisitPart>>

function aggregates(part: Part, statement: Statement): string[] {
  switch (part.of) {
    case 'events':
      return part.measures.map((measure) => EVENT_MEASURES[measure](part, statement))
    case 'depths':
      return part.measures.map((measure) => DEPTH_MEASURES[measure])
    case 'values':
      return part.measures.map((measure) => VALUE_MEASURES[measure](part, statement))
    case 'visits':
      return part.measures.map((measure) => VISIT_MEASURES[measure](part, statement))
  }
}

/** The aggregates of a part in the order of its measures, as whole numbers. */
export const measuresSql = (part: Part, statement: Statement): string[] => aggregates(part, statement).map((sql) => `toInt64(${sql})`)
