import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { ROUTES } from '@footfall/contract/routes.ts'
import { System } from '@footfall/contract/system.ts'
import type { Kysely } from 'kysely'
import type { Cache } from '../cache/cache.ts'
import type { Database } from '../database/schema.ts'
import type { App } from '../lib/app.ts'
import type { Clock, Gate } from '../seams.ts'
import type { Engine } from '../storage/engine.ts'
import type { Journal } from '../write/journal.ts'

export interface SystemParts {
  gate: Gate
  clock: Clock
  version: string
  engine: Pick<Engine, 'name' | 'version'>
  database: Kysely<Database>
  /** Null: SQLite in `dataDir`. */
  databaseUrl: string | null
  cache: Pick<Cache, 'ping'>
  cacheKind: string
  journal: Pick<Journal, 'depth'>
  journalDir: string
  dataDir: string
}

/** `GET /api/v1/system`: what a page about the installation shows. For administrators. */
export function systemRoute(app: App, parts: SystemParts): void {
  const started = parts.clock()
  app.get(
    ROUTES.system,
    { schema: { tags: ['health'], summary: 'How this process is doing', response: { 200: System } } },
    async (request, reply) => {
      await parts.gate.admin(request)
      void reply.header('cache-control', 'no-store')
      const [version, ok, users, sites, erasing, disk, setAside] = await Promise.all([
        parts.engine.version().catch(() => null),
        parts.cache.ping().then(
          () => true,
          () => false,
        ),
        count(parts.database, 'users'),
        count(parts.database, 'sites'),
        parts.database.selectFrom('settings').select('name').where('name', 'like', 'erase:%').execute(),
        statfs(parts.dataDir),
        filesSetAside(parts.journalDir),
      ])
      const { bytes, limit, segments } = parts.journal.depth()
      return {
        version: parts.version,
        node: process.versions.node,
        started_at: new Date(started).toISOString(),
        uptime_seconds: Math.floor((parts.clock() - started) / 1000),
        memory_bytes: process.memoryUsage.rss(),
        events: { engine: parts.engine.name, version },
        metadata: { kind: parts.databaseUrl?.startsWith('m') ? 'mysql' : 'sqlite', users, sites },
        cache: { kind: parts.cacheKind, ok },
        journal: { bytes, limit_bytes: limit, segments },
        disk: { free_bytes: disk.bavail * disk.bsize, total_bytes: disk.blocks * disk.bsize },
        set_aside: setAside,
        erasing: erasing.map(({ name }) => name.slice('erase:'.length)),
      }
    },
  )
}

async function count(database: Kysely<Database>, table: 'users' | 'sites'): Promise<number> {
  const { rows } = await database
    .selectFrom(table)
    .select((of) => of.fn.countAll().as('rows'))
    .executeTakeFirstOrThrow()
  return Number(rows)
}

/** What the journal could not hand over: refused by the store, or not readable (docs/operations.md, "set aside"). */
async function filesSetAside(directory: string): Promise<System['set_aside']> {
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  const files = names.filter((name) => name.endsWith('.damaged') || name.endsWith('.ndjson')).toSorted()
  return Promise.all(files.slice(0, 100).map(async (file) => ({ file, bytes: (await stat(join(directory, file))).size })))
}
