import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { COMMANDS } from './cli/commands.ts'
import { loadConfig } from './config.ts'
import { migrations } from './database/migrations/index.ts'
import { createLogger } from './log.ts'
import { start, type Running } from './main.ts'

const BIN = fileURLToPath(new URL('../bin/footfall.mjs', import.meta.url))

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Runs the real command in a folder, which holds its data. */
async function footfall(
  folder: string,
  args: string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { DATA_DIR: folder, ...env },
  })
  child.stdin.on('error', () => {}).end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await ended, out, err }
}

function folder(t: { after(work: () => void): void }): string {
  const path = mkdtempSync(join(tmpdir(), 'footfall-cli-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** A port where nothing listens: taken and given back. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}

describe('footfall without a server', () => {
  test('site add makes the site and prints its snippet; site list shows it', async (t) => {
    const at = folder(t)
    const added = await footfall(at, ['site', 'add', 'https://www.Example.com', '--timezone', 'Asia/Kathmandu'])
    assert.equal(added.code, 0, added.err)
    assert.match(added.out, /^<script>[\s\S]*'http:\/\/localhost:3000\/tracker\.js\?siteId=example\.com'[\s\S]*<\/script>\n$/)
    const listed = await footfall(at, ['site', 'list'])
    assert.match(listed.out, /^example\.com\tAsia\/Kathmandu\t20\S+Z\n$/)
    const again = await footfall(at, ['site', 'add', 'example.com'])
    assert.deepEqual(again, { code: 1, out: '', err: 'There is a site example.com already.\n' })
  })

  test('key create prints the key alone on stdout', async (t) => {
    const made = await footfall(folder(t), ['key', 'create', '--name', 'CI', '--scope', 'sites,stats'])
    assert.deepEqual([made.code, made.err], [0, 'Key 1 for stats, sites. It is shown this once:\n'])
    assert.match(made.out, /^ff_[\w-]{43}\n$/)
  })

  test('user add takes a role, and refuses one that there is not', async (t) => {
    const at = folder(t)
    const viewer = await footfall(at, ['user', 'add', 'ben@example.com', '--role', 'viewer'], { input: 'correct horse battery\n' })
    assert.deepEqual(viewer, { code: 0, out: '', err: 'Added ben@example.com as viewer.\n' })
    const root = await footfall(at, ['user', 'add', 'eve@example.com', '--role', 'root'], { input: 'correct horse battery\n' })
    assert.deepEqual(root, { code: 1, out: '', err: '--role must be one of admin, editor, viewer, not "root".\n' })
  })

  test('user add reads the password from a pipe, and refuses a short one', async (t) => {
    const at = folder(t)
    assert.deepEqual(await footfall(at, ['user', 'add', 'Ann@example.com'], { input: 'correct horse battery\n' }), {
      code: 0,
      out: '',
      err: 'Added ann@example.com as admin.\n',
    })
    const again = await footfall(at, ['user', 'add', 'ann@example.com', '--password-stdin'], { input: 'correct horse battery' })
    assert.deepEqual([again.code, again.err], [1, 'There is an account for ann@example.com already.\n'])
    const short = await footfall(at, ['user', 'add', 'bob@example.com'], { input: 'short\n' })
    assert.deepEqual([short.code, short.err], [1, 'password must have 8 to 200 characters, not 5\n'])
  })

  test('migrate says what it did', async (t) => {
    const at = folder(t)
    assert.deepEqual(await footfall(at, ['migrate']), { code: 0, out: '', err: `Migrated: ${Object.keys(migrations).join(', ')}.\n` })
    assert.deepEqual(await footfall(at, ['migrate']), { code: 0, out: '', err: 'The database is up to date.\n' })
  })

  test('doctor names what fails and exits with 1', async (t) => {
    const at = folder(t)
    const port = await freePort()
    const { code, out, err } = await footfall(at, ['doctor'], { env: { PORT: port } })
    assert.deepEqual(
      out.split('\n').map((line) => line.slice(0, line.indexOf(':'))),
      ['✓ Node', '✓ DATA_DIR', '✓ journal', '✓ database', '✓ sums', '✗ server', ''],
    )
    assert.match(out, new RegExp(`nothing answers at http://localhost:${port} \\(ECONNREFUSED\\)`))
    assert.deepEqual([code, err], [1, '1 of 6 checks failed.\n'])
  })

  for (const args of [['import', 'native', 'events.ndjson', '--site', 'a.b'], ['seed'], ['simulate']]) {
    test(`${args[0]} says that no server answers`, async (t) => {
      const at = folder(t)
      writeFileSync(join(at, 'events.ndjson'), '')
      const port = await freePort()
      const { code, err } = await footfall(at, args, { env: { PORT: port } })
      assert.deepEqual(
        [code, err],
        [
          1,
          `No Footfall server answers at http://localhost:${port} (ECONNREFUSED). Start it with npm start, or name another with --url.\n`,
        ],
      )
    })
  }

  const wrong: [string[], RegExp][] = [
    [[], /^Usage: footfall COMMAND/],
    [['sit', 'list'], /^There is no command "sit list"; did you mean "site list"\?\n\nUsage/],
    [['constructor'], /^There is no command "constructor"\.\n\nUsage/],
    [['site', 'add'], /^"footfall site add" needs DOMAIN\.\n\nUsage: footfall site add DOMAIN \[--timezone TZ\]\n/],
    [['site', 'list', 'all'], /^"footfall site list" does not take "all"\.\n\nUsage/],
    [['site', 'add', 'a.b', '--zone', 'x'], /^Unknown option '--zone'\.\n\nUsage/],
    [['site', 'add', 'a.b', '--timezone', 'Mars'], /^timezone must be an IANA name like Europe\/Berlin, not "Mars"\n$/],
    [['site', 'add', 'not a domain'], /^domain must be a host name like example\.com, not "not a domain"\n$/],
    [['key', 'create'], /^"footfall key create" needs --name NAME\.\n/],
    [['key', 'create', '--name', 'x', '--scope', 'root'], /^--scope must be a comma list of stats, sites, import, events, not "root"\.\n$/],
    [['import', 'native', 'x'], /^"footfall import native" needs --site DOMAIN\.\n/],
    [['import', 'native', 'missing', '--site', 'a.b'], /^missing cannot be read \(ENOENT\)\.\n$/],
    [['seed', '--days', 'many'], /^--days must be a whole number from 1 to 3660, not "many"\.\n$/],
  ]
  test('what is wrong is said in one sentence, with exit code 1 and nothing but help on stdout', async (t) => {
    const at = folder(t)
    const port = await freePort()
    for (const [args, message] of wrong) {
      const { code, out, err } = await footfall(at, args, { env: { PORT: port } })
      assert.match(args.length === 0 ? out : err, message, args.join(' '))
      assert.equal(code, 1, args.join(' '))
      assert.doesNotMatch(err, /\n +at /, args.join(' '))
    }
  })

  test('a misspelt variable stops every command', async (t) => {
    const { code, err } = await footfall(folder(t), ['site', 'list'], { env: { FOOTFALL_PORT: '1' } })
    assert.deepEqual([code, err.startsWith('FOOTFALL_PORT in the environment is not a variable of Footfall')], [1, true], err)
  })

  test('the help names every command', async (t) => {
    const { code, out } = await footfall(folder(t), ['--help'])
    assert.equal(code, 0)
    for (const name of Object.keys(COMMANDS)) assert.ok(out.includes(`\n  ${name}`), name)
    const one = await footfall(folder(t), ['site', 'add', '--help'])
    assert.match(one.out, /^Usage: footfall site add DOMAIN \[--timezone TZ\]\n/)
  })
})

describe('footfall beside a running server', () => {
  let at: string
  let running: Running
  let env: Record<string, string>

  before(async () => {
    at = mkdtempSync(join(tmpdir(), 'footfall-cli-'))
    running = await start(loadConfig({ DATA_DIR: at }, at), { log: createLogger('silent') })
    await running.app.listen({ port: 0, host: '127.0.0.1' })
    env = { PORT: String((running.app.server.address() as AddressInfo).port), HOST: '127.0.0.1' }
  })
  after(async () => {
    await running.stop()
    rmSync(at, { recursive: true, force: true })
  })

  const ask = async (key: string, domain: string) => {
    await running.flush()
    const response = await running.app.inject({
      method: 'POST',
      url: '/api/v2/query',
      headers: { authorization: `Bearer ${key}` },
      payload: { site_id: domain, metrics: ['visitors', 'pageviews'], date_range: 'all' },
    })
    return response.json<{ results: { metrics: number[] }[] }>().results[0]!.metrics
  }

  test('a site and a key made on the command line work in the server within a second', async () => {
    const key = (await footfall(at, ['key', 'create', '--name', 'x', '--scope', 'stats'], { env })).out.trim()
    const event = async () => {
      const payload = { n: 'pageview', u: 'https://beside.example/' }
      const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0' }
      return running.app.inject({ method: 'POST', url: '/api/event', headers, payload })
    }
    assert.equal((await event()).headers['x-footfall-dropped'], 'not_found')
    assert.equal((await footfall(at, ['site', 'add', 'beside.example'], { env })).code, 0)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const counted = await event()
    assert.deepEqual([counted.statusCode, counted.headers['x-footfall-dropped']], [202, undefined])
    assert.deepEqual(await ask(key, 'beside.example'), [1, 1])
  })

  test('doctor is content', async () => {
    const { code, out, err } = await footfall(at, ['doctor'], { env })
    assert.deepEqual([code, err], [0, ''], out)
    assert.equal(out.match(/^✓ /gm)?.length, 6)
  })

  test('import native takes a file or stdin, says what was rejected, and leaves no key behind', async () => {
    const key = await running.createKey('tests', ['stats'])
    await footfall(at, ['site', 'add', 'history.example'], { env })
    const line = (id: string) => JSON.stringify({ timestamp: '2026-01-01T08:00:00Z', visitor: id, id, pathname: '/' })
    const file = join(at, 'history.ndjson')
    writeFileSync(file, `${line('a')}\n${line('b')}\n`)
    const before = await running.createKey('counted', ['stats']).then(() => keys())
    const args = (source: string) => ['import', 'native', source, '--site', 'history.example']
    const first = await footfall(at, args(file), { env })
    assert.deepEqual([first.code, JSON.parse(first.out)], [0, { accepted: 2, duplicates: 0, rejected: [], rejected_total: 0 }], first.err)
    const second = await footfall(at, args('-'), { env, input: `${line('b')}\n${line('c')}\nnonsense\n` })
    const { accepted, duplicates, rejected_total } = JSON.parse(second.out) as Record<string, number>
    assert.deepEqual([second.code, accepted, duplicates, rejected_total], [1, 1, 1, 1])
    assert.match(second.err, /1 lines were rejected; the others are imported\.\n$/)
    assert.deepEqual(await ask(key, 'history.example'), [3, 3])
    const unknown = await footfall(at, ['import', 'native', file, '--site', 'nobody.example'], { env })
    assert.deepEqual([unknown.code, unknown.out], [1, ''])
    assert.match(unknown.err, /^The server refused the import: .*nobody\.example/)
    assert.equal(await keys(), before)
  })

  test('export writes what import takes, or says why not, and leaves no key behind', async () => {
    await footfall(at, ['site', 'add', 'out.example'], { env })
    const line = { timestamp: '2026-01-01T08:00:00Z', visitor: 'a', id: 'x', pathname: '/ü' }
    await footfall(at, ['import', 'native', '-', '--site', 'out.example'], { env, input: JSON.stringify(line) })
    const before = await keys()
    const { code, out, err } = await footfall(at, ['export', '--site', 'out.example'], { env })
    assert.deepEqual([code, err], [0, ''])
    const { timestamp, pathname } = JSON.parse(out) as Record<string, string>
    assert.deepEqual([timestamp, pathname], [line.timestamp, line.pathname])
    const csv = await footfall(at, ['export', '--site', 'out.example', '--format', 'csv', '--date-range', '2025-12-01,2025-12-31'], { env })
    assert.match(csv.out, /^timestamp,visitor,[^\n]*\r\n$/, 'a heading and no row')
    const unknown = await footfall(at, ['export', '--site', 'nobody.example'], { env })
    assert.deepEqual([unknown.code, unknown.out], [1, ''])
    assert.match(unknown.err, /^The server refused the export: .*nobody\.example/)
    assert.equal(await keys(), before)
  })

  async function keys(): Promise<number> {
    const { openDatabase } = await import('./database/open.ts')
    const database = await openDatabase({ databaseUrl: null, dataDir: at })
    const rows = await database.selectFrom('api_keys').select('id').execute()
    await database.destroy()
    return rows.length
  }

  test('seed fills the sample sites', async () => {
    const { code, err } = await footfall(at, ['seed', '--days', '2', '--events', '600'], { env })
    assert.equal(code, 0, err)
    const key = await running.createKey('tests', ['stats'])
    const sites = (await footfall(at, ['site', 'list'], { env })).out.split('\n').map((line) => line.split('\t')[0]!)
    const { SITES } = await import('@footfall/simulator/seed.ts')
    for (const { domain } of SITES) {
      assert.ok(sites.includes(domain), domain)
      assert.ok((await ask(key, domain))[1]! > 10, domain)
    }
  })
})
