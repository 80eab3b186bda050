import type { PoolConnection } from 'mysql2/promise'
import type { ReportKind, Reports } from '../reports.ts'
import { type MySqlClient, select } from './client.ts'
import { QUERY_SECONDS, snapshot, within } from './query.ts'
import { events } from './query/events.ts'
import { funnel } from './query/funnel.ts'
import type { Report } from './query/report.ts'
import { journeys } from './query/journeys.ts'
import { names } from './query/names.ts'
import { resolve } from './query/resolve.ts'
import { retention } from './query/retention.ts'
import { visits } from './query/visits.ts'

const REPORTS: { [Kind in ReportKind]: Report<Kind, never> } = { funnel, visits, events, retention, journeys, names }

/** Answers a question of another kind (storage/reports.ts). */
export async function runReport<Kind extends ReportKind>(
  client: MySqlClient,
  kind: Kind,
  question: Reports[Kind]['question'],
  signal?: AbortSignal,
): Promise<Reports[Kind]['answer']> {
  const { wanted, statement, read } = REPORTS[kind]
  return snapshot(client, signal, async (connection: PoolConnection) => {
    const texts = await resolve(connection, question.site, wanted(question))
    const rows = await select<never>(connection, within(QUERY_SECONDS, client.server, statement(question, texts)))
    return read(rows, question, connection)
  })
}
