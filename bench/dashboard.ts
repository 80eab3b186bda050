import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWriteMarks } from '../server/src/cache/marks.ts'
import { createMemoryCache } from '../server/src/cache/memory.ts'
import { answerQuery } from '../server/src/query/answer.ts'
import { createAnswerCache } from '../server/src/query/cache.ts'
import { parseQuery } from '../server/src/query/parse.ts'
import { connect, select } from '../server/src/storage/clickhouse/client.ts'
import { createClickHouseEngine } from '../server/src/storage/clickhouse/engine.ts'
import { handWritten } from './dashboard-sql.ts'
import { storeHistory } from './history.ts'
import { SCREEN, median, rounded, screenQuestions } from './screen.ts'

const { days: DAYS, now: NOW, site: SITE, profile } = SCREEN
const ROUNDS = 9

const stay = new AbortController().signal

/**
 * The whole first screen of the dashboard over a simulated history of 90 days: asked for the first time, asked again, and each
 * question against SQL written by hand, in turns, so that what else the machine does meets both. ClickHouse runs in this process, so
 * `cpu` is all that a question costs. One JSON object. `npm run bench -- dashboard [EVENTS]`, default 1,000,000.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const events = Number(args[0] ?? 1_000_000)
  const directory = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
  try {
    const stored = await fill(join(directory, 'events'), events)
    const screens = []
    for (const period of ['28d', '91d']) screens.push(await measure(join(directory, 'events'), period))
    const machine = { cores: cpus().length, load: rounded(loadavg()[0]!) }
    process.stdout.write(
      `${JSON.stringify({ bench: 'dashboard', node: process.version, machine, days: DAYS, events: stored, screens }, null, 2)}\n`,
    )
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function fill(path: string, events: number): Promise<number> {
  const engine = createClickHouseEngine({ client: await connect({ path }) })
  await engine.migrate()
  const stored = await storeHistory(engine, { site: SITE, profile, days: DAYS, events, now: NOW })
  await engine.close()
  return stored
}

async function measure(path: string, period: string) {
  const client = await connect({ path })
  const engine = createClickHouseEngine({ client })
  const cache = createMemoryCache({ clock: () => NOW })
  const marks = createWriteMarks({ cache, clock: () => NOW })
  const answers = createAnswerCache({ cache, marks, log: { warn: () => undefined } })
  const site = { id: SITE, domain: profile.domain, timezone: profile.timezone }
  const context = { site, goals: [], segments: [], now: NOW / 1000, firstAt: null, internal: true }
  const asked = Object.entries(screenQuestions(period)).map(([name, body]) => ({ name, query: parseQuery(body, context) }))

  const screen = async () => {
    const began = performance.now()
    await Promise.all(
      asked.map(({ query }) =>
        answers.keep({ site: SITE, to: query.range.to, question: { ...query } }, stay, () =>
          answerQuery(query, (each) => engine.run(each)),
        ),
      ),
    )
    return rounded(performance.now() - began)
  }
  const milliseconds = { first: await screen(), repeated: await screen() }

  const hand = handWritten(SITE, { ...asked[0]!.query.range, timezone: site.timezone })
  const panels = []
  for (const { name, query } of asked) {
    const compiled = () => answerQuery(query, (each) => engine.run(each))
    const written = async () => {
      const rows = []
      for (const sql of hand[name]!) rows.push(await select<Record<string, unknown>>(client, sql))
      return rows[0]!
    }
    const [ours, theirs] = [await compiled(), await written()]
    const column = ours.query.metrics.indexOf('visitors')
    // The history may begin within the period: the API says 0 for a day on which nobody came, the statement nothing.
    assert.deepEqual(
      ours.results.map(({ metrics }) => metrics[column]).filter((visitors) => visitors !== 0),
      theirs.map((row) => Number(row['visitors'])),
      `${name}: both ways must count the same visitors`,
    )
    panels.push({ name, ...(await race(compiled, written)) })
  }
  await engine.close()
  return { period, milliseconds, panels }
}

/** Two ways to the same answer, in turns; medians in milliseconds. */
async function race(compiled: () => Promise<unknown>, written: () => Promise<unknown>) {
  const times = { compiled: [] as number[], written: [] as number[] }
  const cpu = { compiled: [] as number[], written: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of [['compiled', compiled] as const, ['written', written] as const]) {
      const [used, began] = [process.cpuUsage(), performance.now()]
      await run()
      times[name].push(performance.now() - began)
      const { user, system } = process.cpuUsage(used)
      cpu[name].push((user + system) / 1000)
    }
  }
  const both = ({ compiled, written }: typeof times) => ({
    compiled: rounded(median(compiled)),
    written: rounded(median(written)),
    ratio: rounded(median(compiled) / median(written)),
  })
  return { milliseconds: both(times), cpu: both(cpu) }
}

if (import.meta.main) await main()
