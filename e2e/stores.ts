import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Engine } from '../server/src/storage/engine.ts'
import type { StoredEvent, Visit } from '../server/src/lib/event.ts'
import { openEngine } from '../server/src/storage/open.ts'
import type { Process } from './footfall.ts'

/** Stores of events before and after they were moved. */

const BIN = join(import.meta.dirname, '../server/bin/footfall.mjs')
const DAYS = 60
const ALL = { site: 1, from: 0, to: 2 ** 32 - 1 }

/** How many there are. */
export const EVENTS = 6000

/** Lines of an import: visitors of two months, some twice in a visit, with ids and without. */
function* lines() {
  for (let number = 0; number < EVENTS; number++) {
    const at = new Date(Date.UTC(2026, 0, 1) + ((number * 7919) % (DAYS * 86_400)) * 1000).toISOString()
    yield {
      timestamp: at,
      visitor: `visitor ${number % 900}`,
      pathname: `/${number % 17}`,
      name: number % 11 === 0 ? 'Signup' : 'pageview',
      country: ['DE', 'AT', ''][number % 3],
      ...(number % 2 === 0 && { id: `id ${number}`, props: { plan: `p${number % 5}` } }),
    }
  }
}

/** Runs the command in a directory until it ends, or until it has said `until`, when it is killed. Answers its exit code and what it said. */
export async function footfall(dataDir: string, args: string[], until?: RegExp, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: dataDir,
    env: { DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    if (until?.test(said)) child.kill('SIGKILL')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said }
}

interface Content {
  events: string[]
  visits: string[]
}

/** Everything that a store holds of the site. */
async function contentOf(engine: Engine): Promise<Content> {
  const events: StoredEvent[] = []
  for await (const page of engine.export(ALL)) events.push(...page)
  const visitors = [...new Set(events.map(({ visitor }) => visitor))]
  const visits: Visit[] = []
  for (let day = Date.UTC(2026, 0, 1) / 1000; day < Date.UTC(2026, 2, 3) / 1000; day += 86_400)
    visits.push(...(await engine.visits({ site: 1, visitors, from: day, to: day + 86_399 })))
  const texts = (rows: object[]) => rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted()
  return { events: texts(events), visits: texts(visits) }
}

export async function contentIn(place: { eventsUrl: string | null; dataDir: string }): Promise<Content> {
  const engine = await openEngine({ ...place, databaseUrl: null })
  try {
    return await contentOf(engine)
  } finally {
    await engine.close()
  }
}

/** Adds the site and imports its lines. */
export async function fill(running: Process): Promise<void> {
  await running.command('site', 'add', 'example.com', '--timezone', 'Europe/Vienna')
  const key = await running.command('key', 'create', '--name', 'import', '--scope', 'import')
  const response = await fetch(`${running.url}/api/v1/sites/example.com/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
    body: [...lines()].map((line) => JSON.stringify(line)).join('\n'),
  })
  const { accepted } = (await response.json()) as { accepted: number }
  if (accepted !== EVENTS) throw new Error(`${accepted} of ${EVENTS} events were imported`)
}
