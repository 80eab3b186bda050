import type { DepthMeasure, EventMeasure, Part, ValueMeasure, VisitMeasure } from '../../question.ts'
import { type Source, type Statement, conditionSql } from './condition.ts'

type Aggregate<P extends Part> = (part: P, from: Source, statement: Statement) => string
type EventPart = Part & { of: 'events' }
type VisitPart = Part & { of: 'visits' }

const sum = (sql: string) => `COALESCE(SUM(${sql}), 0)`

/** A name of events as its number; of a site that never had it, one that no row has. */
const name = (text: string, { texts }: Statement) => texts.number('name', text) ?? -1

/** Whether an event carries an amount that counts: of the currency asked for, or of the goal's in whose row it stands. Never NULL. */
function paid({ question, texts }: Statement): string {
  const currency = (code: string) => (code === '' ? 0 : (texts.number('currency', code) ?? 0))
  if (question.currency !== '') return `COALESCE(e.currency, 0) = ${currency(question.currency) || -1}`
  const codes = question.goals.map((goal) => currency(goal.currency) || -1)
  return codes.length === 0 ? '0' : `COALESCE(e.currency, 0) = ELT(goal.number, ${codes.join(', ')})`
}

const EVENT_MEASURES = {
  visitors: () => 'COUNT(DISTINCT e.visitor)',
  visits: () => 'COUNT(DISTINCT e.visit)',
  pageviews: (_part, _from, statement) => sum(`e.name = ${name('pageview', statement)}`),
  events: (_part, _from, statement) => sum(`e.name <> ${name('engagement', statement)}`),
  engagement: () => sum('e.engagement'),
  engaged: (_part, _from, statement) => `COUNT(DISTINCT IF(e.name = ${name('engagement', statement)}, e.visit, NULL))`,
  revenue: (_part, _from, statement) => `CAST(${sum(`IF(${paid(statement)}, e.amount, 0)`)} * 1000 AS SIGNED)`,
  sales: (_part, _from, statement) => sum(paid(statement)),
} satisfies Record<EventMeasure, Aggregate<EventPart>>

/** Over one row a visit, made by statement.ts. */
const DEPTH_MEASURES = { scroll: sum('deepest'), scrolled: 'COUNT(*)' } satisfies Record<DepthMeasure, string>

/** Over values of a row with their `place` in order of size and their number `many`, made by statement.ts. */
const VALUE_MEASURES = {
  p75: 'COALESCE(MAX(IF(place = (3 * many + 3) DIV 4, measured, 0)), 0)',
  valued: 'COUNT(*)',
} satisfies Record<ValueMeasure, string>

const entered: Aggregate<VisitPart> = (part, from) => conditionSql(part.entry, from)

const VISIT_MEASURES = {
  visitors: () => 'COUNT(DISTINCT v.visitor)',
  visits: () => 'COUNT(*)',
  bounces: (part, from, statement) => sum(`v.bounce = 1 AND ${entered(part, from, statement)}`),
  entries: (part, from, statement) => sum(entered(part, from, statement)),
  duration: () => sum('v.duration'),
  views: () => sum('v.pageviews'),
} satisfies Record<VisitMeasure, Aggregate<VisitPart>>

/** The aggregates of a part in the order of its measures, as whole numbers. */
export function measuresSql(part: Part, from: Source, statement: Statement): string[] {
  switch (part.of) {
    case 'events':
      return part.measures.map((measure) => EVENT_MEASURES[measure](part, from, statement))
    case 'depths':
      return part.measures.map((measure) => DEPTH_MEASURES[measure])
    case 'values':
      return part.measures.map((measure) => VALUE_MEASURES[measure])
    case 'visits':
      return part.measures.map((measure) => VISIT_MEASURES[measure](part, from, statement))
  }
}

/** Names of events that the measures know, beside those of conditions. */
export const KNOWN_NAMES = ['pageview', 'engagement']
