import { findSite, listSites } from '../sites/store.ts'
import { openEngine } from '../storage/open.ts'
import type { RolledSite, RollupDifference, Rollups } from '../storage/rollups.ts'
import { CommandError, type Command, type Context } from './command.ts'

type Named = RolledSite & { domain: string }

const PAGE = 1000
/** Long enough for a job of the server that is at it. */
const WAIT_SECONDS = 600
const SHOWN = 20

export const rollup: Command = {
  summary: 'Sums up the days that are over, as the server does every few minutes, or checks the sums against the events',
  takes: [],
  options: {
    site: { value: 'DOMAIN', meaning: 'Only this site (default: all)' },
    check: { meaning: 'Works out every sum again and says which differ; changes nothing' },
    again: { meaning: 'Throws the sums away first and makes all of them again; until then answers are read from events' },
  },
  async run(context, given) {
    if (given.has('check') && given.has('again')) throw new CommandError('--check changes nothing, --again does: give one of them.')
    const sites = await context.withDatabase(async (database) => {
      const domain = given.text('site')
      if (domain === undefined) return allSites((after) => listSites(database, PAGE, after))
      const site = await findSite(database, domain)
      if (!site) throw new CommandError(`There is no site ${JSON.stringify(domain)}; footfall site list names them.`)
      return [site]
    })
    const engine = await openEngine(context.config)
    try {
      await engine.migrate()
      if (!engine.rollups) {
        context.note('This store answers from its events alone; there are no sums to keep.')
        return
      }
      await (given.has('check') ? check(context, engine.rollups, sites) : roll(context, engine.rollups, sites, given.has('again')))
    } finally {
      await engine.close()
    }
  },
}

async function allSites(load: (after: string) => Promise<Named[]>): Promise<Named[]> {
  const sites: Named[] = []
  for (;;) {
    const page = await load(sites.at(-1)?.domain ?? '')
    sites.push(...page)
    if (page.length < PAGE) return sites
  }
}

/** Says how far it is, once a second and at the end of each site. */
function progressOf({ note }: Context, sites: Named[]) {
  const domains = new Map(sites.map(({ id, domain }) => [id, domain]))
  let last = 0
  return ({ site, days, of }: { site: number; days: number; of: number }) => {
    const now = performance.now()
    if (days < of && now - last < 1000) return
    last = now
    note(`${domains.get(site)}: ${days} of ${of} days`)
  }
}

async function roll(context: Context, rollups: Rollups, sites: Named[], again: boolean): Promise<void> {
  const now = Math.floor(Date.now() / 1000)
  const { rolled, busy } = await rollups.roll(sites, {
    now,
    wait: WAIT_SECONDS,
    again,
    signal: context.signal,
    progress: progressOf(context, sites),
  })
  context.note(`${rolled} days summed up.`)
  if (busy > 0) throw new CommandError(`${busy} days changed meanwhile; the server takes them up within five minutes, or this command now.`)
}

async function check(context: Context, rollups: Rollups, sites: Named[]): Promise<void> {
  const { days, differences } = await rollups.check(sites, { signal: context.signal, progress: progressOf(context, sites) })
  if (differences.length === 0) {
    context.note(`${days} days checked; every sum is that of its events.`)
    return
  }
  const domains = new Map(sites.map(({ id, domain }) => [id, domain]))
  const shown = (numbers: number[] | null) => (numbers === null ? 'nothing' : numbers.join(' '))
  const line = ({ site, day, sum, value, kept, found }: RollupDifference) =>
    `${domains.get(site)}\t${day}\t${sum}\t${value}\tkept ${shown(kept)}\tfound ${shown(found)}`
  for (const each of differences.slice(0, SHOWN)) context.print(line(each))
  throw new CommandError(
    `${differences.length} sums or more are not those of their events. Answers may be wrong; please report it. footfall rollup --again makes all sums again.`,
  )
}
