import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Goal, Site } from '@footfall/contract/sites.ts'
import { lockDataDir } from '../lib/lock.ts'
import { isMysqlUrl } from '../lib/mysql-url.ts'
import { listGoals } from '../sites/goals.ts'
import { findSite } from '../sites/store.ts'
import type { Engine } from '../storage/engine.ts'
import { openEngine } from '../storage/open.ts'
import { CommandError, type Command, type Context, wholeNumber } from './command.ts'
import { type Place, compareAnswers } from './copy/compare.ts'
import { type Progress, progressFile } from './copy/progress.ts'
import { readWindows } from './copy/windows.ts'

/** Milliseconds between two words about the progress. */
const PACE = 250

const STORE = 'mysql://…, http://… of a ClickHouse server, or the DATA_DIR of ClickHouse in process'

export const copy: Command = {
  summary: 'Copies the events of a site from one store to another, and compares their answers; started again, it goes on',
  takes: [],
  options: {
    from: { value: 'STORE', meaning: STORE, required: true },
    to: { value: 'STORE', meaning: 'The same, without events of the site', required: true },
    site: { value: 'DOMAIN', meaning: 'Site of this installation (DATABASE_URL); its goals and settings are not copied', required: true },
    'from-id': { value: 'ID', meaning: 'Number of the site in the old installation, where it is another one than here' },
  },
  async run(context, given) {
    const [from, to] = [given.text('from')!, given.text('to')!]
    if (from === to) throw new CommandError('--from and --to name the same store.')
    const { site, goals } = await context.withDatabase(async (database) => {
      const site = await findSite(database, given.text('site')!)
      if (!site) throw new CommandError(`There is no site ${given.text('site')} in this installation; footfall site add makes it.`)
      return { site, goals: await listGoals(database, site.id) }
    })
    const old = wholeNumber(given, 'from-id', 1, 2 ** 31) ?? site.id
    await withStores([from, to], async ([source, target]) => {
      await target!.migrate()
      const places: [Place, Place] = [
        { engine: source!, site: old },
        { engine: target!, site: site.id },
      ]
      await copySite(context, places, { from, to, site, goals })
    })
  },
}

/** Opens stores, and closes them whatever happens. One in process must not be used by a server at the same time. */
async function withStores(names: string[], work: (engines: Engine[]) => Promise<void>): Promise<void> {
  const closing: (() => unknown)[] = []
  try {
    const engines: Engine[] = []
    for (const name of names) {
      const onServer = isMysqlUrl(name) || /^https?:/.test(name)
      const dataDir = resolve(name)
      if (!onServer) {
        if (name === names[0] && !existsSync(dataDir)) throw new CommandError(`There is no directory ${dataDir}; a store is ${STORE}.`)
        mkdirSync(dataDir, { recursive: true })
        closing.push(lockDataDir(dataDir).release)
      }
      const engine = await openEngine({ eventsUrl: onServer ? name : null, databaseUrl: null, dataDir })
      closing.push(() => engine.close())
      engines.push(engine)
    }
    await work(engines)
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

interface Copied {
  from: string
  to: string
  site: Site
  goals: Goal[]
}

async function copySite({ config, note, signal }: Context, places: [Place, Place], { from, to, site, goals }: Copied): Promise<void> {
  const [source, target] = places
  const file = progressFile(config.dataDir, [from, to, String(source.site), String(site.id)])
  const found = file.read()
  const progress = found ?? (await begin(source, target, site.domain))
  if (!progress) return note(`${site.domain} has no events in the store it would be copied from.`)
  file.write(progress)
  if (found) note(`goes on after ${found.events} events, at ${day(found.next)}`)

  let said = 0
  // The first window may have been written in part by a process that ended.
  let again = found !== null
  const range = { from: progress.next, to: progress.to, ...(progress.length && { length: progress.length }) }
  for await (const { end, next, events, batches } of readWindows({ from: source, site: target.site, range, signal })) {
    for (const batch of batches) await target.engine.write({ ...batch, again })
    again = false
    progress.next = end + 1
    progress.length = next
    progress.events += events
    file.write(progress)
    if (performance.now() - said < PACE) continue
    said = performance.now()
    note(`copied ${progress.events} events, up to ${day(end)}`)
  }
  const { asked, different } = await compareAnswers(places, { ...site, goals, from: progress.from, to: progress.to })
  if (different.length > 0)
    throw new CommandError(
      `Copied ${progress.events} events, but ${different.length} of ${asked} answers are not the same: ${different.join('; ')}. Did events arrive meanwhile?`,
    )
  file.remove()
  note(`Copied ${progress.events} events; the answers to ${asked} questions are the same.`)
}

/** The period that there is to copy; null where nothing is. */
async function begin(source: Place, target: Place, domain: string): Promise<Progress | null> {
  const first = await source.engine.firstEventAt(source.site)
  if (first === null) return null
  if ((await target.engine.firstEventAt(target.site)) !== null)
    throw new CommandError(`The store that ${domain} would be copied to has events of it already; copying would count them twice.`)
  // Also what an import dated a little ahead.
  return { from: first, to: Math.floor(Date.now() / 1000) + 86_400, next: first, events: 0 }
}

const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
