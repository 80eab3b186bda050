import type { ReportKind, Reports } from '../../reports.ts'
import { events } from './events.ts'
import { funnel } from './funnel.ts'
import { journeys } from './journeys.ts'
import { names } from './names.ts'
import { retention } from './retention.ts'
import { visits } from './visits.ts'

/** SQL with the values it binds. */
export interface Bound {
  sql: string
  params: Record<string, string | string[]>
}
/** One row of a result by column; 64-bit numbers are text. */
export type Fields = Record<string, unknown>

/** One kind of question: its statement, and how to read the rows that come back. */
export interface Report<Kind extends ReportKind> {
  statement(question: Reports[Kind]['question']): Bound
  read(rows: Fields[], question: Reports[Kind]['question']): Reports[Kind]['answer']
}

export const REPORTS: { [Kind in ReportKind]: Report<Kind> } = { funnel, visits, events, retention, journeys, names }
