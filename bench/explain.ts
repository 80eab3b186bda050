import { startMysql9 } from '../scripts/mysql9.ts'
import { answerQuery } from '../server/src/query/answer.ts'
import { connect, select } from '../server/src/storage/mysql/client.ts'
import { createMySqlEngine } from '../server/src/storage/mysql/engine.ts'
import { runQuestion, snapshot, statementOf } from '../server/src/storage/mysql/query.ts'
import type { Source } from '../server/src/storage/question.ts'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { storeHistory } from './history.ts'
import { SCREEN, screenQueries } from './screen.ts'

/** A line of EXPLAIN, of those columns that both servers have. */
interface Step {
  table: string | null
  type: string | null
  key: string | null
  rows: string | number | null
  Extra: string | null
}

/** How one statement is run: where it reads, and each table with the way to its rows. */
interface Plan {
  source: Source | undefined
  tables: string[]
}

/**
 * How MariaDB and MySQL 9 run each question of the dashboard's first screen, from sums of days and from rows: EXPLAIN of the statements that
 * the server would run. One JSON object. `npm run bench -- explain [EVENTS]`, default 100,000.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args[0] ?? 100_000)
  const plans: Record<string, unknown> = {}
  for (const start of [startMariaDb, startMysql9]) {
    const server = await start()
    if ('why' in server) throw new Error(server.why)
    try {
      const { version, questions } = await plansOn(server.url, events)
      plans[version] = questions
    } finally {
      await server.stop()
    }
  }
  process.stdout.write(`${JSON.stringify({ bench: 'explain', node: process.version, events, plans }, null, 2)}\n`)
}

async function plansOn(url: string, events: number) {
  const database = await freshMysqlDatabase(url)
  const client = await connect(database.url)
  const engine = createMySqlEngine({ client })
  try {
    await engine.migrate()
    await storeHistory(engine, { site: SCREEN.site, profile: SCREEN.profile, days: SCREEN.days, events, now: SCREEN.now })
    await engine.rollups!.roll([{ id: SCREEN.site, timezone: SCREEN.profile.timezone }], { now: SCREEN.now / 1000 })
    await select(client.pool, 'ANALYZE TABLE events, visits, event_rollups, visit_rollups')
    const questions: Record<string, { sums: Plan[]; rows: Plan[] }> = {}
    for (const [name, query] of Object.entries(screenQueries('28d'))) {
      const found: { sums: Plan[]; rows: Plan[] } = { sums: [], rows: [] }
      await answerQuery(query, async (question) => {
        for (const kind of ['sums', 'rows'] as const) {
          let source: Source | undefined
          const steps = await snapshot(client, undefined, async (connection) => {
            const sql = await statementOf(connection, question, { rows: kind === 'rows', note: (each) => void (source = each) })
            return select<Step>(connection, `EXPLAIN FORMAT=TRADITIONAL ${sql}`)
          })
          found[kind].push({ source, tables: steps.map(shown) })
        }
        return runQuestion(client, question)
      })
      questions[name] = found
    }
    return { version: await engine.version(), questions }
  } finally {
    await engine.close()
    await database.stop()
  }
}

/** Such as `events range PRIMARY 1200 (Using where; Using temporary)`. */
function shown({ table, type, key, rows, Extra }: Step): string {
  return [table, type, key, rows, Extra && `(${Extra.trim()})`].filter((part) => part !== null && part !== '').join(' ')
}

if (import.meta.main) await main()
