import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../servers/process.ts'
import type { Bundle } from './bundle.ts'
import { startClients, type Clients, type Send } from './clients.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { DOMAIN, zoneOfNoon } from './people.ts'
import { footfall, readStore, spawnServer, type Server } from './process.ts'
import type { FaultStore, PreparedStore } from './stores.ts'
import { judge, type Verdict } from './verdict.ts'

/** One site, the servers of it with a data directory each, and what its clients know. Without a number the first server is meant. */
export interface Scene {
  store: PreparedStore
  dataDir: string
  environment: NodeJS.ProcessEnv
  url: string
  ledger: Ledger
  /** How many servers share the store. */
  processes: number
  /** Starts a server; does not wait for it. */
  spawn(environment?: Record<string, string>, process?: number): Server
  /** Starts all of them. */
  spawnAll(): Server[]
  clients(options?: { clients?: number; send?: Send; urls?: string[] }): Clients
  /** Starts a server and ends it in order. */
  cycle(process?: number): Promise<void>
  /** Lets new servers store everything, ends them in order, and compares. */
  verdict(): Promise<Verdict>
  remove(): Promise<void>
}

export interface SceneOptions {
  /** Data directory of the first server. */
  directory?: string
  processes?: number
  /** Runs in place of the sources. */
  bundle?: Pick<Bundle, 'main' | 'cache'>
}

export async function createScene(
  store: FaultStore,
  seed: number,
  { directory, processes = 1, bundle }: SceneOptions = {},
): Promise<Scene> {
  const dataDir = directory ?? (await mkdtemp(join(tmpdir(), 'footfall-faults-')))
  const prepared = await store.prepare()
  const places = [{ DATA_DIR: dataDir, PORT: String(await freePort()) }]
  while (places.length < processes) {
    places.push({ DATA_DIR: await mkdtemp(join(tmpdir(), 'footfall-faults-')), PORT: String(await freePort()) })
  }
  const urls = places.map(({ PORT }) => `http://127.0.0.1:${PORT}`)
  const ledger = createLedger()
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...prepared.environment,
    ...places[0],
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: '127.0.0.1',
    ADDRESS_LIMIT: '0',
    // A start takes 0.8 s instead of 1.4.
    NODE_COMPILE_CACHE: bundle?.cache ?? join(import.meta.dirname, '../../../node_modules/.cache/footfall'),
  }
  const { code, said } = footfall(environment, 'site', 'add', DOMAIN, '--timezone', zoneOfNoon(Date.now()))
  if (code !== 0) throw new Error(`the site was not made: ${said}`)
  let people = 0
  const scene: Scene = {
    store: prepared,
    dataDir,
    environment,
    url: urls[0]!,
    ledger,
    processes,
    spawn: (more = {}, process = 0) => spawnServer(urls[process]!, { ...environment, ...places[process], ...more }, bundle?.main),
    spawnAll: () => places.map((_place, process) => scene.spawn({}, process)),
    clients: (options = {}) => startClients({ urls, clients: 10, ledger, seed, nextPerson: () => people++, ...options }),
    async cycle(process = 0) {
      const server = scene.spawn({}, process)
      await server.ready()
      const code = await server.end('SIGTERM')
      if (code !== 0) throw new Error(`the server ended with ${code}: ${server.said()}`)
    },
    async verdict() {
      for (const process of places.keys()) await scene.cycle(process)
      const { events, visits } = await readStore(environment)
      return judge(ledger, events, visits)
    },
    async remove() {
      await prepared.stop()
      for (const { DATA_DIR } of places) await rm(DATA_DIR, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return scene
}

/** Waits until something is so; after two minutes, says what was expected. */
export async function settled(so: () => boolean | Promise<boolean>, expected: string): Promise<void> {
  for (let tries = 0; !(await so()); tries += 1) {
    if (tries > 6000) throw new Error(`expected that ${expected}, which did not happen within two minutes`)
    await pause(20)
  }
}
