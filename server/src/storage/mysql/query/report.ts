import type { PoolConnection } from 'mysql2/promise'
import type { ReportKind, Reports } from '../../reports.ts'
import type { Resolved, Wanted } from './resolve.ts'

/** One kind of question: the texts it is about, its statement, and how to read the rows that come back. */
export interface Report<Kind extends ReportKind, Row> {
  wanted(question: Reports[Kind]['question']): Wanted
  statement(question: Reports[Kind]['question'], texts: Resolved): string
  read(rows: Row[], question: Reports[Kind]['question'], connection: PoolConnection): Promise<Reports[Kind]['answer']>
}
