import { existsSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { executed } from '../database/migrate.ts'
import { openMetadata } from '../database/open.ts'
import { lockDataDir } from '../lib/lock.ts'
import { prepareDataDir } from '../lib/data-dir.ts'
import { listSites } from '../sites/store.ts'
import type { Engine } from '../storage/engine.ts'
import { openEngine } from '../storage/open.ts'
import { VERSION } from '../version.ts'
import { openFileJournal } from '../write/file-journal.ts'
import { FORMAT, type Header, type Line, readBackup, writeBackup } from './backup/format.ts'
import { isUnused, metadataLines, putRows } from './backup/tables.ts'
import { CommandError, type Command, type Context } from './command.ts'
import { progressFile } from './copy/progress.ts'
import { readWindows } from './copy/windows.ts'

const DAY = 86_400
/** Milliseconds between two words about the progress. */
const PACE = 250

/** Both stores of this installation, with nobody else at them in this DATA_DIR. */
async function withInstallation(
  { config }: Pick<Context, 'config'>,
  work: (database: Kysely<Database>, engine: Engine) => Promise<void>,
): Promise<void> {
  prepareDataDir(config.dataDir)
  const lock = lockDataDir(config.dataDir)
  try {
    const { database } = await openMetadata(config)
    try {
      const engine = await openEngine(config)
      try {
        await engine.migrate()
        await work(database, engine)
      } finally {
        await engine.close()
      }
    } finally {
      await database.destroy()
    }
  } finally {
    lock.release()
  }
}

/** Events that were accepted but not stored yet would be missing. @throws CommandError */
async function refuseJournal({ config, note }: Context): Promise<void> {
  const log = { debug: () => {}, info: () => {}, warn: note, error: note }
  const directory = join(config.dataDir, 'journal')
  const journal = await openFileJournal({ directory, clock: Date.now, log, limit: config.journalLimitBytes })
  const { segments } = journal.depth()
  await journal.close()
  if (segments > 0)
    throw new CommandError('The journal holds events that are not stored yet; start the server and stop it again, then make the backup.')
}

async function* everything(database: Kysely<Database>, engine: Engine, signal: AbortSignal): AsyncGenerator<Line> {
  yield* metadataLines(database)
  let after = ''
  for (;;) {
    const sites = await listSites(database, 1000, after)
    for (const { id } of sites) {
      const from = await engine.firstEventAt(id)
      // An import may be dated a day ahead.
      const range = { from: from ?? 0, to: Math.floor(Date.now() / 1000) + DAY }
      if (from === null) continue
      for await (const { batches } of readWindows({ from: { engine, site: id }, site: id, range, signal }))
        for (const batch of batches) yield { batch }
    }
    if (sites.length < 1000) return
    after = sites.at(-1)!.domain
  }
}

export const backup: Command = {
  summary: 'Writes accounts, sites, secrets and all events into one file, with the server stopped',
  takes: ['FILE'],
  options: {},
  async run(context, given) {
    const path = resolve(given.positionals[0]!)
    if (existsSync(path)) throw new CommandError(`${path} is there already.`)
    const part = `${path}.part`
    await withInstallation(context, async (database, engine) => {
      await refuseJournal(context)
      const made_at = new Date().toISOString()
      const header: Header = { footfall: 'backup', format: FORMAT, version: VERSION, made_at, migrations: await executed(database) }
      try {
        rmSync(part, { force: true })
        const lines = await writeBackup(part, header, everything(database, engine, context.signal), context.signal)
        renameSync(part, path)
        context.note(`${path} is made: ${lines} lines. It holds secrets; keep it as you keep passwords.`)
      } catch (error) {
        rmSync(part, { force: true })
        throw error
      }
    })
  },
}

export const restore: Command = {
  summary: 'Puts a backup into an installation that nobody has used, on any engine; started again after a crash, it goes on',
  takes: ['FILE'],
  options: {},
  async run(context, given) {
    const path = resolve(given.positionals[0]!)
    if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`)
    const { rows, sum } = await examine(path)
    await withInstallation(context, async (database, engine) => {
      if (!(await isUnused(database)))
        throw new CommandError('This installation has people, keys or sites; a backup goes only into one that nobody has used.')
      const file = progressFile(context.config.dataDir, ['restore', sum])
      const sites = rows.flatMap(({ of, row }) => (of === 'sites' ? [Number(row['id'])] : []))
      if (!file.read()) {
        for (const site of sites)
          if ((await engine.firstEventAt(site)) !== null)
            throw new CommandError('The store of events is not empty; a backup goes only into an installation that nobody has used.')
      }
      const events = await putBatches(context, path, engine, file)
      await database.transaction().execute((trx) => putRows(trx, rows))
      file.remove()
      context.note(`Restored ${sites.length} sites with ${events} events.`)
    })
  },
}

/** Reads a backup to its end, so that one that is not whole changes nothing. Metadata fits into memory. */
async function examine(path: string) {
  const rows: Extract<Line, { of: string }>[] = []
  let made = ''
  for await (const line of readBackup(path)) {
    if ('footfall' in line) made = line.made_at
    else if ('row' in line) rows.push(line)
  }
  return { rows, sum: JSON.stringify([path, made]) }
}

/** Stores the events, from where an earlier process ended. The metadata comes last: until then the installation counts as unused. */
async function putBatches({ note, signal }: Context, path: string, engine: Engine, file: ReturnType<typeof progressFile>): Promise<number> {
  const progress = file.read() ?? { from: 0, to: 0, next: 0, events: 0 }
  const done = progress.next
  file.write(progress)
  let number = 0
  let said = 0
  for await (const line of readBackup(path)) {
    if (!('batch' in line)) continue
    signal.throwIfAborted()
    number += 1
    if (number <= done) continue
    await engine.write({ ...line.batch, again: number === done + 1 })
    progress.next = number
    progress.events += line.batch.events.length
    file.write(progress)
    if (performance.now() - said < PACE) continue
    said = performance.now()
    note(`restored ${progress.events} events`)
  }
  return progress.events
}
