import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Goal } from '@footfall/contract/sites.ts'
import { goalCondition } from '../server/src/query/goals.ts'
import { connect, select } from '../server/src/storage/clickhouse/client.ts'
import { createClickHouseEngine } from '../server/src/storage/clickhouse/engine.ts'
import type { Engine } from '../server/src/storage/engine.ts'
import type { FunnelQuestion } from '../server/src/storage/reports.ts'
import { storeHistory } from './history.ts'
import { SCREEN, median, rounded } from './screen.ts'

const { days, now, site, profile } = SCREEN
const ROUNDS = 5
/** Events that are simulated; the rest are these under other visitors, since simulating ten millions takes ten minutes. */
const SIMULATED = 500_000

const page = (path: string): Goal => ({ id: 0, goal_type: 'page', page_path: path, display_name: path })
const action = (name: string): Goal => ({ id: 0, goal_type: 'event', event_name: name, display_name: name })
/** Ways that differ in how many people enter them. */
const FUNNELS = {
  'any page, pricing, signup page, Signup': [page('/*'), page('/pricing'), page('/signup'), action('Signup')],
  'home, pricing, Signup': [page('/'), page('/pricing'), action('Signup')],
  'pricing, Signup, Subscription': [page('/pricing'), action('Signup'), action('Subscription')],
}
const SPLITS = [null, { field: 'visit:source', blank: 'Direct / None' }] as const

/**
 * Funnels over 90 days embedded: medians of milliseconds and of CPU (of the whole process, which is what ClickHouse uses), and what
 * ClickHouse read. One JSON object. `npm run bench -- funnel [EVENTS] [DIRECTORY]`, default 1,000,000; the store is kept in the
 * directory and found there by the next run.
 */
export async function main(args: string[] = process.argv.slice(2)): Promise<void> {
  const wanted = Number(args[0] ?? 1_000_000)
  const directory = args[1] ?? (await mkdtemp(join(tmpdir(), 'footfall-bench-')))
  await mkdir(directory, { recursive: true })
  const client = await connect({ path: join(directory, 'events') })
  const engine = createClickHouseEngine({ client })
  try {
    await engine.migrate()
    const events = await fill(engine, client, wanted)
    const funnels = []
    for (const [name, goals] of Object.entries(FUNNELS)) {
      for (const by of SPLITS) {
        const steps = goals.map(goalCondition)
        const scope = { site, from: now / 1000 - days * 86_400, to: now / 1000, where: { kind: 'all' as const, of: [] } }
        const question: FunnelQuestion = { ...scope, steps, window: 86_400, by, limit: 100 }
        funnels.push({ name, by: by?.field ?? null, ...(await measure(engine, question)) })
      }
    }
    const machine = { cores: cpus().length, load: rounded(loadavg()[0]!) }
    process.stdout.write(`${JSON.stringify({ bench: 'funnel', node: process.version, machine, days, events, funnels }, null, 2)}\n`)
  } finally {
    await engine.close()
    if (args[1] === undefined) await rm(directory, { recursive: true, force: true })
  }
}

/** Stores a simulated history, and whole copies of it under other visitors until there are enough. @returns events stored */
async function fill(engine: Engine, client: ClickHouseClient, wanted: number): Promise<number> {
  const count = async () => Number((await select<{ n: string }>(client, 'SELECT count() AS n FROM events'))[0]!.n)
  const found = await count()
  if (found > 0) return found
  const first = await storeHistory(engine, { site, profile, days, events: Math.min(wanted, SIMULATED), now })
  const copies = Math.round(wanted / first)
  // An odd factor, so that the copies of a visitor do not stand beside each other.
  const others = ['id', 'visitor', 'visit'].map((column) => `bitXor(${column}, copy * 11400714819323198485) AS ${column}`)
  await client.command({
    query: `INSERT INTO events SELECT * EXCEPT copy REPLACE (${others.join(', ')}) FROM events ARRAY JOIN arrayMap(n -> toUInt64(n), range(1, ${copies})) AS copy`,
  })
  return count()
}

async function measure(engine: Engine, question: FunnelQuestion) {
  const [times, cpu]: [number[], number[]] = [[], []]
  let answer = await engine.report('funnel', question)
  for (let round = 0; round < ROUNDS; round++) {
    const [used, began] = [process.cpuUsage(), performance.now()]
    answer = await engine.report('funnel', question)
    times.push(performance.now() - began)
    const { user, system } = process.cpuUsage(used)
    cpu.push((user + system) / 1000)
  }
  const { visitors, reached } = answer[0]!
  return { milliseconds: rounded(median(times)), cpu: rounded(median(cpu)), rows: answer.length, visitors, reached }
}

if (import.meta.main) await main()
