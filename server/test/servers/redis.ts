import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connect } from 'node:net'
import { once } from 'node:events'
import { freePort, program, startPrivate, type PrivateServer, type TestServer } from './process.ts'

/** What to install where there is none. */
export const REDIS_NEEDED =
  'Redis 7 or newer, or Valkey (Debian: apt-get install redis-server; elsewhere set TEST_REDIS_URL=redis://host:6379)'

/**
 * A Redis or Valkey for tests: that of `TEST_REDIS_URL`, else a private one.
 *
 * @throws where neither can be had, with what to install
 */
export function startRedis(): Promise<TestServer> {
  const given = process.env['TEST_REDIS_URL']
  return given ? Promise.resolve({ url: given, stop: () => Promise.resolve() }) : startPrivateRedis()
}

/** One that a test may kill; with further arguments of redis-server. */
export function startPrivateRedis(...options: string[]): Promise<PrivateServer> {
  const server = program('redis-server', 'valkey-server')
  if (!server) throw new Error(`The tests need ${REDIS_NEEDED}.`)
  return startPrivate({
    name: 'redis',
    url: (port) => `redis://127.0.0.1:${port}`,
    command: (directory, port) => [server, '--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--save', '', ...options],
    ready: reachable,
  })
}

async function reachable(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.destroy()
}

/** A Cluster of three masters; its nodes in one `REDIS_URL`. */
export async function startRedisCluster(): Promise<TestServer> {
  const nodes = await Promise.all(
    [0, 1, 2].map(async () => startPrivateRedis('--cluster-enabled', 'yes', '--cluster-port', `${await freePort()}`)),
  )
  const ports = nodes.map(({ url }) => new URL(url).port)
  const client = program('redis-cli', 'valkey-cli')
  if (!client) throw new Error(`The tests need ${REDIS_NEEDED}.`)
  const addresses = ports.map((port) => `127.0.0.1:${port}`)
  const run = promisify(execFile)
  await run(client, ['--cluster', 'create', ...addresses, '--cluster-yes'])
  // Made is not yet up: for a second or two nodes answer CLUSTERDOWN, each until it has heard of the others.
  for (const port of ports) {
    for (let tries = 0; !(await run(client, ['-p', port, 'cluster', 'info'])).stdout.includes('cluster_state:ok'); tries++) {
      if (tries > 600) throw new Error(`The Redis Cluster does not come up: node ${port} is not well after a minute.`)
      await pause(100)
    }
  }
  return {
    url: `redis://${addresses.join(',')}`,
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  }
}
