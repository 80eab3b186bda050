import { accessSync, constants, existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ROUTES } from '@footfall/contract/routes.ts'
import { executed, pending } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { databaseFile, openDatabase } from '../database/open.ts'
import { isMysqlUrl } from '../lib/mysql-url.ts'
import { openEngine } from '../storage/open.ts'
import { CommandError, type Command, type Context } from './command.ts'
import { localUrl, unreachable } from './server.ts'

const NODE_LEAST = 24
/** Sums are made every five minutes; a large import may take an hour. */
const LATE_MINUTES = 120

/** Says what is well; throws what is not. */
type Check = (context: Context) => Promise<string>

const CHECKS: Readonly<Record<string, Check>> = {
  Node: async () => {
    if (Number.parseInt(process.versions.node, 10) < NODE_LEAST)
      throw new Error(`${process.versions.node} is too old; expected ${NODE_LEAST} or newer`)
    return process.versions.node
  },
  DATA_DIR: async ({ config: { dataDir } }) => {
    let folder = dataDir
    while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
    try {
      accessSync(folder, constants.W_OK | constants.X_OK)
    } catch {
      throw new Error(`${folder} is not writable for this user`)
    }
    return folder === dataDir ? `${dataDir} is writable` : `${dataDir} will be made by the first start`
  },
  journal: async ({ config: { dataDir } }) => {
    const folder = join(dataDir, 'journal')
    const names = await readdir(folder, { recursive: true }).catch(() => [])
    const damaged = names.filter((name) => name.endsWith('.damaged'))
    const refused = names.filter((name) => name.endsWith('.ndjson')).toSorted()
    if (damaged.length > 0)
      throw new Error(`${join(folder, damaged[0]!)} could not be read (${damaged.length} such files); see docs/operations.md`)
    if (refused.length === 0) return 'nothing was set aside'
    const path = join(folder, refused.at(-1)!)
    const last = (await readFile(path, 'utf8')).trimEnd().split('\n').at(-1)!
    const reason = /^\{"reason":"(.*?)","item":/.exec(last)?.[1] ?? 'what its last line says'
    throw new Error(
      `the event store refused what ${path} holds (${refused.length} such files), lastly for ${reason}; see docs/operations.md`,
    )
  },
  database: async ({ config }) => {
    const file = databaseFile(config)
    if (file !== null && !existsSync(file)) return `${file} will be made by the first start`
    const database = await openDatabase(config)
    try {
      const newer = (await executed(database)).find((name) => !(name in migrations))
      if (newer) throw new Error(`is newer than this program, which does not know its migration ${newer}`)
      const missing = await pending(database)
      if (missing.length > 0) throw new Error(`lacks ${missing.join(', ')}; footfall migrate, or the next start, brings it up to date`)
      return 'the schema is up to date'
    } finally {
      await database.destroy()
    }
  },
  sums: async ({ config }) => {
    const { eventsUrl, databaseUrl } = config
    if (!isMysqlUrl(eventsUrl ?? databaseUrl ?? '')) return 'the event store needs none'
    const engine = await openEngine(config)
    try {
      const now = Math.floor(Date.now() / 1000)
      const { days, since } = (await engine.rollups?.state(now)) ?? { days: 0, since: null }
      if (since === null) return 'every day that is over is summed up'
      const minutes = Math.floor((now - since) / 60)
      const waiting = `${days} days have changes that their sums lack, the oldest of ${minutes} minutes ago`
      if (minutes < LATE_MINUTES) return `${waiting}; the server takes them up every five minutes`
      throw new Error(`${waiting}; answers are right, but slower. A server with the role jobs sums them up, or footfall rollup now`)
    } finally {
      await engine.close()
    }
  },
  server: async ({ config, signal }) => {
    const url = localUrl(config)
    const why = await unreachable(url, signal)
    if (why !== null) throw new Error(`nothing answers at ${url} (${why}); npm start starts it`)
    const response = await fetch(url + ROUTES.ready, { signal })
    const body = await response.text()
    if (!response.ok) throw new Error(`${url} answers, but is not ready: ${body.slice(0, 500)}`)
    const { down } = JSON.parse(body) as { down: { name: string; error: string }[] }
    if (down.length > 0) return `${url} answers and is ready, without ${down.map(({ name, error }) => `${name} (${error})`).join(', ')}`
    return `${url} answers and is ready`
  },
}

export const doctor: Command = {
  summary: 'Checks this installation and says what is wrong',
  takes: [],
  options: {},
  async run(context) {
    let wrong = 0
    for (const [name, check] of Object.entries(CHECKS)) {
      try {
        context.print(`✓ ${name}: ${await check(context)}`)
      } catch (error) {
        wrong += 1
        context.print(`✗ ${name}: ${(error as Error).message}`)
      }
    }
    if (wrong > 0) throw new CommandError(`${wrong} of ${Object.keys(CHECKS).length} checks failed.`)
  },
}
