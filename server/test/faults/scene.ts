import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../servers/process.ts'
import { startClients, type Clients, type Send } from './clients.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { DOMAIN, zoneOfNoon } from './people.ts'
import { footfall, readStore, spawnServer, type Server } from './process.ts'
import type { FaultStore, PreparedStore } from './stores.ts'
import { judge, type Verdict } from './verdict.ts'

/** A data directory with one site, the server on it, and what its clients know. */
export interface Scene {
  store: PreparedStore
  dataDir: string
  environment: NodeJS.ProcessEnv
  url: string
  ledger: Ledger
  /** Starts the server; does not wait for it. */
  spawn(environment?: Record<string, string>): Server
  clients(options?: { clients?: number; send?: Send; url?: string }): Clients
  /** Starts a server and ends it in order. */
  cycle(): Promise<void>
  /** Lets a new server store everything, ends it in order, and compares. */
  verdict(): Promise<Verdict>
  remove(): Promise<void>
}

export async function createScene(store: FaultStore, seed: number, directory?: string): Promise<Scene> {
  const dataDir = directory ?? (await mkdtemp(join(tmpdir(), 'footfall-faults-')))
  const prepared = await store.prepare()
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const ledger = createLedger()
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...prepared.environment,
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOG_LEVEL: 'error',
    TRUSTED_PROXIES: '127.0.0.1',
    ADDRESS_LIMIT: '0',
    // A start takes 0.8 s instead of 1.4.
    NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../node_modules/.cache/footfall'),
  }
  const { code, said } = footfall(environment, 'site', 'add', DOMAIN, '--timezone', zoneOfNoon(Date.now()))
  if (code !== 0) throw new Error(`the site was not made: ${said}`)
  let people = 0
  const scene: Scene = {
    store: prepared,
    dataDir,
    environment,
    url,
    ledger,
    spawn: (more = {}) => spawnServer(url, { ...environment, ...more }),
    clients: (options = {}) => startClients({ url, clients: 10, ledger, seed, nextPerson: () => people++, ...options }),
    async cycle() {
      const server = scene.spawn()
      await server.ready()
      const code = await server.end('SIGTERM')
      if (code !== 0) throw new Error(`the server ended with ${code}: ${server.said()}`)
    },
    async verdict() {
      await scene.cycle()
      const { events, visits } = await readStore(environment)
      return judge(ledger, events, visits)
    },
    async remove() {
      await prepared.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return scene
}

/** Waits until something is so; after half a minute, says what was expected. */
export async function settled(so: () => boolean | Promise<boolean>, expected: string): Promise<void> {
  for (let tries = 0; !(await so()); tries += 1) {
    if (tries > 1500) throw new Error(`expected that ${expected}, which did not happen within 30 s`)
    await pause(20)
  }
}
