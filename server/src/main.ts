import { join } from 'node:path'
import type { KeyScope } from '@footfall/contract/accounts.ts'
import type { FastifyRequest } from 'fastify'
import { createGate } from './accounts/gate.ts'
import { createKey } from './accounts/keys.ts'
import { hashPassword } from './accounts/password.ts'
import { accountRoutes } from './accounts/routes.ts'
import { createPasses } from './accounts/share-pass.ts'
import { anyUser, createAdmin } from './accounts/users.ts'
import { banner } from './banner.ts'
import { createWriteMarks } from './cache/marks.ts'
import type { Cache } from './cache/cache.ts'
import { createMemoryCache } from './cache/memory.ts'
import { createAddressReader } from './collect/address.ts'
import { openDataCenters } from './collect/data-centers.ts'
import { createCities } from './collect/cities.ts'
import { createDrops } from './collect/drops.ts'
import { openPlaces } from './collect/place.ts'
import { collectRoutes } from './collect/routes.ts'
import { destroyOldSalts } from './collect/salt-store.ts'
import { createSalts } from './collect/salts.ts'
import { createTraits } from './collect/traits.ts'
import { loadConfig, type Config } from './config.ts'
import { openMetadata } from './database/open.ts'
import { secret } from './database/secret.ts'
import { createApp } from './http.ts'
import { createClaims } from './jobs/claims.ts'
import { rollupJob } from './jobs/rollups.ts'
import { startJobs, type Job } from './jobs/schedule.ts'
import type { App } from './lib/app.ts'
import { prepareDataDir } from './lib/data-dir.ts'
import { lockDataDir } from './lib/lock.ts'
import { listen, runUntilStopped } from './lib/process.ts'
import type { Role } from './lib/variables.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createFilterCheck } from './query/check-filters.ts'
import { droppedRoute } from './query/dropped.ts'
import { queryRoutes } from './query/routes.ts'
import type { Clock } from './seams.ts'
import { createSiteDirectory } from './sites/directory.ts'
import { finishErasures, isErased } from './sites/erase.ts'
import { finishForgetting } from './sites/forget.ts'
import { keepJob } from './sites/keep.ts'
import { siteRoutes } from './sites/routes.ts'
import { listSites } from './sites/store.ts'
import { visitorRoutes } from './sites/visitor-routes.ts'
import type { Engine } from './storage/engine.ts'
import { markWrites } from './storage/marked.ts'
import { openEngine } from './storage/open.ts'
import { VERSION } from './version.ts'
import { demoRoutes } from './web/demo.ts'
import { docsRoutes } from './web/docs.ts'
import { healthRoutes } from './web/health.ts'
import { metricsRoutes } from './web/metrics.ts'
import { dashboardRoutes } from './web/static.ts'
import { systemRoute } from './web/system.ts'
import { trackerRoutes } from './web/tracker.ts'
import { openFileJournal } from './write/file-journal.ts'
import { importRoutes } from './write/import-routes.ts'
import { tidyImports } from './write/import/run.ts'
import { refusedItems } from './write/refused.ts'
import { createWriter } from './write/writer.ts'

const ROOT = join(import.meta.dirname, '../..')
const ALL_SCOPES: KeyScope[] = ['stats', 'sites', 'import', 'events']

/** A Footfall that runs. */
export interface Running {
  app: App
  /** Resolves when every event accepted so far can be asked for. */
  flush(): Promise<void>
  /** A key of this installation, for tests and the demo. */
  createKey(name: string, scopes?: KeyScope[], lifetimeSeconds?: number): Promise<string>
  /** Does a job at once, without waiting for its time: for tests, whose clocks stand. */
  runJob(name: string): Promise<void>
  /** What the banner says. */
  facts(): Promise<{ firstRun: boolean; sites: string[] }>
  /** Ends requests under way, stores what is in the journal, closes everything. */
  stop(): Promise<void>
}

export interface StartOptions {
  clock?: Clock
  log?: ReturnType<typeof createLogger>
  /** What the server is given in place of its store and its cache: a test puts one in between that fails. */
  between?: { engine?: (real: Engine) => Engine; cache?: (real: Cache) => Cache }
}

/**
 * The whole process: every part is made here and handed to those that need it. Of the routes and timers it has those of its roles
 * (docs/operations.md); health and metrics are always there.
 *
 * @throws StartError in words for the operator
 */
export async function start(
  config: Config,
  { clock = Date.now, log = createLogger(config.logLevel), between = {} }: StartOptions = {},
): Promise<Running> {
  const runs = (role: Role) => config.roles.includes(role)
  prepareDataDir(config.dataDir)
  const lock = lockDataDir(config.dataDir)
  const metrics = createMetrics()
  const { database, instance } = await openMetadata(config)
  const memory = createMemoryCache({ clock })
  // Loaded only where it is used: the client of Redis takes 150 ms and 20 MB.
  const realCache =
    config.redisUrl === null
      ? memory
      : await (
          await import('./cache/redis.ts')
        ).createRedisCache({ url: config.redisUrl, prefix: `footfall:${instance}:`, local: memory, log })
  const cache = between.cache?.(realCache) ?? realCache
  const marks = createWriteMarks({ cache, clock })
  const realEngine = await openEngine(config, {
    shared: config.redisUrl === null ? null : cache,
    count: (layer, numbers) => metrics.dictionaryLookups.inc({ layer }, numbers),
    noteServer: (server) => metrics.replicaQuestions.inc({ server }),
  })
  const engine = markWrites(between.engine?.(realEngine) ?? realEngine, marks)
  await engine.migrate()
  const tempDir = join(config.dataDir, 'tmp')
  const journalDir = join(config.dataDir, 'journal')
  const journal = await openFileJournal({ directory: journalDir, clock, log, limit: config.journalLimitBytes })

  const directory = createSiteDirectory({ database, clock })
  const passes = createPasses({ shares: directory, clock, key: await secret(database, 'share-passes') })
  const gate = createGate({ database, clock, baseUrl: config.baseUrl, passes })
  const timezone = async (site: number) => (await directory.find(String(site)))?.timezone ?? 'UTC'
  const drops = createDrops({ database, clock, metrics, log, timezone })
  const salts = createSalts({ database, clock, log })
  const traits = createTraits({ database, clock, log })
  const cities = createCities({ database, log })
  const userKey = await secret(database, 'identified-visitors')
  const lists = runs('collect')
    ? { places: await openPlaces(config.geoipDb, log), dataCenters: await openDataCenters(config.dataCenterRanges, log) }
    : null
  const refused = refusedItems(journalDir, clock, log)
  const isGone = async (site: number) => (await directory.find(String(site))) === undefined && isErased(database, site)
  const writer = createWriter({
    engine,
    journal,
    refused,
    isErased: isGone,
    clock,
    log,
    metrics,
    drops,
    flushMilliseconds: config.flushMilliseconds,
  })
  const readAddress = createAddressReader(config.trustedProxies)
  if (config.adminEmail !== null && config.adminPassword !== null)
    await createAdmin({ database, clock }, config.adminEmail, config.adminPassword)

  const parts = {
    database,
    engine,
    cache,
    marks,
    journal,
    gate,
    drops,
    passes,
    hashPassword,
    address: (request: FastifyRequest) => readAddress(request.socket.remoteAddress, request.headers).address,
    salts,
    userKey,
    traits,
    cities,
    clock,
    log,
    metrics,
    directory,
    sites: directory,
    ...config,
  }
  let stopping = false
  const app = await createApp({ log, basePath: config.basePath })
  if (runs('web')) await docsRoutes(app, { baseUrl: config.baseUrl, version: VERSION })
  if (lists) {
    const [places, dataCenters] = [lists.places.find, lists.dataCenters.has]
    collectRoutes(app, { ...parts, places, dataCenters, umamiKey: await secret(database, 'umami-answers') })
  }
  if (runs('write')) importRoutes(app, { ...parts, tempDir, visitorKey: await secret(database, 'import-visitors') })
  if (runs('query')) {
    queryRoutes(app, parts)
    droppedRoute(app, { ...parts, dropped: drops })
  }
  if (runs('web')) {
    siteRoutes(app, { ...parts, checkFilters: createFilterCheck(directory) })
    visitorRoutes(app, { ...parts, dropTraits: traits.drop })
    accountRoutes(app, parts)
    trackerRoutes(app, { ...parts, distDir: join(ROOT, 'tracker/dist') })
    demoRoutes(app, parts)
  }
  metricsRoutes(app, { metrics, token: config.metricsToken, refresh: () => metrics.journalBytes.set(journal.depth().bytes) })
  if (runs('web')) systemRoute(app, { ...parts, version: VERSION, journalDir, cacheKind: config.redisUrl === null ? 'memory' : 'redis' })
  healthRoutes(app, {
    checked: [
      { name: 'database', check: () => database.selectFrom('settings').select('name').limit(1).execute() },
      { name: 'events', check: () => engine.ping() },
      { name: 'cache', check: () => cache.ping(), optional: true },
      ...(engine.pingReplica ? [{ name: 'replica', check: engine.pingReplica, optional: true }] : []),
    ],
    stopping: () => stopping,
  })
  if (runs('web')) {
    const settings = { baseUrl: config.baseUrl, trackerName: config.trackerName, version: VERSION }
    await dashboardRoutes(app, {
      directory: join(ROOT, 'dashboard/.output/public'),
      basePath: config.basePath,
      settings,
      shares: directory,
    })
  }
  await app.ready()

  if (runs('write')) await tidyImports({ engine, log, tempDir })
  // Who collects stores what it collected: the journal is on this disk. So does who finds something there from when it had other roles.
  if (runs('collect') || runs('write') || journal.depth().segments > 0) writer.start()
  const memoryJobs: Job[] = [{ name: 'forget old salts', when: '2 * * * *', run: () => salts.sweep(), everywhere: true }]
  const rollups = rollupJob({ ...parts, sites: (limit, after) => listSites(database, limit, after) })
  const keeping = keepJob(parts)
  const sharedJobs: Job[] = [
    { name: 'sum up days', when: '*/5 * * * *', run: () => rollups.run() },
    { name: 'destroy old salts', when: '3 * * * *', run: () => destroyOldSalts({ database, clock }) },
    { name: 'finish erasures', when: '*/5 * * * *', run: () => finishErasures({ database, engine, clock, log }) },
    { name: 'finish forgetting', when: '*/5 * * * *', run: () => finishForgetting({ database, engine, clock, log }) },
    { name: 'erase what is older than sites keep', when: '7 * * * *', run: () => keeping.run() },
  ]
  const allJobs = [...memoryJobs, ...(runs('jobs') ? sharedJobs : [])]
  const jobs = startJobs(allJobs, log, createClaims(database))

  return {
    app,
    flush: () => writer.flush(),
    createKey: async (name, scopes = ALL_SCOPES, lifetimeSeconds) => {
      return (await createKey({ database, clock }, { name, scopes, user: null, ...(lifetimeSeconds !== undefined && { lifetimeSeconds }) }))
        .key
    },
    runJob: async (wanted) => void (await allJobs.find(({ name }) => name === wanted)!.run()),
    facts: async () => ({ firstRun: !(await anyUser(database)), sites: (await listSites(database, 10)).map((site) => site.domain) }),
    async stop() {
      stopping = true
      jobs.stop()
      await rollups.stop()
      await keeping.stop()
      await app.close()
      await writer.stop()
      await journal.close()
      await drops.stop()
      await traits.stop()
      await cities.stop()
      lists?.places.stop()
      lists?.dataCenters.stop()
      await engine.close()
      await cache.close()
      await database.destroy()
      lock.release()
    },
  }
}

/** `npm start`: runs until a signal; the exit code says whether all went as it should. */
export function main(): Promise<void> {
  return runUntilStopped(async () => {
    const config = loadConfig(process.env, process.cwd())
    const running = await start(config)
    await listen(running, config)
    process.stdout.write(banner(config, await running.facts()))
    return running
  })
}

if (import.meta.main) await main()
