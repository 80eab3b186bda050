import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { loadConfig } from './config.ts'

const directory = mkdtempSync(join(tmpdir(), 'footfall-config-'))
after(() => rmSync(directory, { recursive: true }))

/** A directory of its own whose `.env` holds these lines. */
function withEnv(...lines: string[]): string {
  const own = mkdtempSync(join(directory, 'env-'))
  writeFileSync(join(own, '.env'), lines.join('\n'))
  return own
}

describe('settings', () => {
  test('nothing set: every default, and a public address made of the port', () => {
    const config = loadConfig({}, directory)
    assert.deepEqual(config, {
      port: 3000,
      host: '::',
      baseUrl: 'http://localhost:3000',
      basePath: '',
      dataDir: join(directory, 'data'),
      databaseUrl: null,
      eventsUrl: null,
      databaseReadUrl: null,
      redisUrl: null,
      roles: ['collect', 'write', 'query', 'web', 'jobs'],
      trustedProxies: [],
      adminEmail: null,
      adminPassword: null,
      trackerName: 'tracker.js',
      eventPath: '/api/event',
      geoipDb: null,
      dataCenterRanges: null,
      addressLimit: 600,
      keyLimit: 600,
      journalLimitBytes: 1024 * 1024 * 1024,
      flushMilliseconds: 500,
      logLevel: 'info',
      metricsToken: null,
    })
  })

  test('a public address with a path, with or without a slash at its end', () => {
    const { baseUrl, basePath } = loadConfig({ BASE_URL: 'https://example.com/stats/' }, directory)
    assert.deepEqual({ baseUrl, basePath }, { baseUrl: 'https://example.com/stats', basePath: '/stats' })
  })

  test('.env is read, and the environment wins over it', () => {
    const own = withEnv('PORT=4000', 'LOG_LEVEL=warn', '# a comment', 'MYSQL_ROOT_PASSWORD=for-compose')
    const { port, logLevel } = loadConfig({ PORT: '5000' }, own)
    assert.deepEqual({ port, logLevel }, { port: 5000, logLevel: 'warn' })
  })

  test('NAME_FILE takes the value from a file, without its last line break', () => {
    const file = join(directory, 'secret')
    writeFileSync(file, 'correct horse\n')
    const config = loadConfig({ ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD_FILE: file }, directory)
    assert.equal(config.adminPassword, 'correct horse')
  })

  const refusals: [string, Record<string, string>, string][] = [
    ['a port that is none', { PORT: 'eighty' }, 'PORT must be a port from 0 to 65535, not "eighty".'],
    ['a port too large', { PORT: '70000' }, 'PORT must be a port from 0 to 65535, not "70000".'],
    [
      'an address without scheme',
      { BASE_URL: 'example.com' },
      'BASE_URL must be an address such as "https://stats.example.com" without query or fragment, not "example.com".',
    ],
    [
      'a range that is none',
      { TRUSTED_PROXIES: '10.0.0.0/99' },
      'TRUSTED_PROXIES must be a comma list of addresses or ranges such as "10.0.0.0/8, ::1", not "10.0.0.0/99".',
    ],
    ['half an administrator', { ADMIN_EMAIL: 'a@example.com' }, 'ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or neither.'],
    [
      'a role that is none',
      { ROLES: 'collect,sing' },
      'ROLES must be a comma list of collect, write, query, web, jobs, not "collect,sing".',
    ],
    [
      'a misspelt name',
      { TRUSTED_PROXY: '::1', DATABSE_URL: 'x' },
      'DATABSE_URL in the environment is not a variable of Footfall; did you mean DATABASE_URL?',
    ],
    [
      'a name with our prefix',
      { FOOTFALL_PORT: '1' },
      'FOOTFALL_PORT in the environment is not a variable of Footfall; did you mean PORT?',
    ],
    [
      'a secret twice',
      { ADMIN_PASSWORD: 'a', ADMIN_PASSWORD_FILE: '/x' },
      'ADMIN_PASSWORD and ADMIN_PASSWORD_FILE are both set; keep one.',
    ],
    ['a secret file that is not there', { GEOIP_DB_FILE: '/nowhere/x' }, 'GEOIP_DB_FILE names /nowhere/x, which cannot be read (ENOENT).'],
  ]
  for (const [what, environment, message] of refusals) {
    test(`${what}: one clear sentence`, () => {
      assert.throws(() => loadConfig(environment, directory), { name: 'StartError', message })
    })
  }

  test('an unknown name in .env is refused, since nothing else reads that file', () => {
    assert.throws(() => loadConfig({}, withEnv('COLOUR=blue')), {
      message: 'COLOUR in .env is not a variable of Footfall. See .env.example for the list.',
    })
  })

  test("other programs' variables are none of our business", () => {
    assert.equal(
      loadConfig({ HOME: '/root', PATH: '/bin', NODE_ENV: 'production', HOSTNAME: 'x', PORTER: '1', LANG: 'C' }, directory).port,
      3000,
    )
  })
})
