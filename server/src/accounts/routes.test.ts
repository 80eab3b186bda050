import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { pino } from 'pino'
import { createMemoryCache } from '../cache/memory.ts'
import { freshDatabase, onEveryDatabase } from '../database/testing.ts'
import { StartError } from '../errors.ts'
import { createApp } from '../http.ts'
import { createGate } from './gate.ts'
import { createKey } from './keys.ts'
import { accountRoutes } from './routes.ts'
import { nothingShared } from './testing.ts'
import { hashToken } from './tokens.ts'
import { addUser, createAdmin } from './users.ts'

const ANN = { email: 'ann@example.com', password: 'correct horse battery' }
const OURS = { 'sec-fetch-site': 'same-origin' }
const DAY = 24 * 3600 * 1000

onEveryDatabase((kind) => {
  /** The real application with its routes of accounts, plus one that needs the scope `sites`. */
  async function open(t: TestContext, baseUrl = 'http://localhost:3000') {
    const self = { now: Date.UTC(2026, 0, 1) }
    const clock = () => self.now
    const database = await freshDatabase(t, kind)
    const cache = createMemoryCache({ clock })
    const passes = nothingShared(clock)
    const gate = createGate({ database, clock, baseUrl, passes })
    const app = await createApp({ log: pino({ level: 'silent' }), basePath: '' })
    accountRoutes(app, {
      database,
      gate,
      passes,
      cache,
      clock,
      baseUrl,
      address: (request) => String(request.headers['x-test-address'] ?? '192.0.2.1'),
    })
    const guarded = async (request: Parameters<typeof gate.require>[0]) => gate.require(request, 'sites')
    app.get('/guarded', guarded)
    app.post('/guarded', guarded)
    t.after(() => app.close())

    type Method = 'GET' | 'POST' | 'DELETE'
    async function call(method: Method, url: string, body?: object, headers: Record<string, string> = {}) {
      const response = await app.inject({ method, url, headers, ...(body && { payload: body }) })
      const cookie = response.cookies.find(({ name }) => name === 'footfall_session')
      return { status: response.statusCode, body: response.body ? response.json() : null, cookie, headers: response.headers }
    }
    /** Signs in and returns the headers of our own pages. */
    async function signIn(credentials = ANN) {
      const { cookie, status } = await call('POST', '/api/session', credentials, OURS)
      assert.equal(status, 200)
      return { cookie: `footfall_session=${cookie!.value}`, ...OURS }
    }
    return Object.assign(self, { database, clock, gate, call, signIn })
  }

  describe('first run', () => {
    test('makes the first administrator and signs them in', async (t) => {
      const { call } = await open(t)
      assert.deepEqual((await call('GET', '/api/session')).body, { first_run: true, user: null })
      const made = await call('POST', '/api/setup', { email: ' Ann@Example.com'.trim(), password: ANN.password })
      const user = { id: 1, email: 'ann@example.com', role: 'admin' }
      assert.deepEqual([made.status, made.body], [201, { first_run: false, user }])
      const headers = { cookie: `footfall_session=${made.cookie!.value}` }
      assert.deepEqual((await call('GET', '/api/session', undefined, headers)).body, { first_run: false, user })
      assert.deepEqual((await call('GET', '/api/session')).body, { first_run: false, user: null })
    })

    test('of those who race for it, one wins', async (t) => {
      const { call, database } = await open(t)
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) => call('POST', '/api/setup', { email: `u${index}@example.com`, password: ANN.password })),
      )
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, ...Array(7).fill(409)])
      assert.match(answers.find(({ status }) => status === 409)!.body.error, /has an administrator already/)
      assert.equal((await database.selectFrom('users').select('id').execute()).length, 1)
    })

    test('is over while anybody has an account, whoever that is', async (t) => {
      const { call, database } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      await addUser({ database }, 'bob@example.com', ANN.password)
      await database.deleteFrom('users').where('id', '=', 1).execute()
      assert.equal((await call('POST', '/api/setup', { ...ANN, email: 'eve@example.com' })).status, 409)
    })

    test('bad credentials are refused by field', async (t) => {
      const { call } = await open(t)
      const cases: [object, string[]][] = [
        [{ email: 'nobody', password: 'long enough' }, ['email']],
        [{ email: 'a@b.c', password: 'short' }, ['password']],
        [{ email: 'a@b.c', password: 'x'.repeat(201) }, ['password']],
        [{ email: 'a@b.c' }, ['password']],
        [{ email: 7, password: ['x'] }, ['email', 'password']],
        [{ ...ANN, role: 'root' }, ['role']],
      ]
      for (const [body, fields] of cases) {
        const answer = await call('POST', '/api/setup', body)
        assert.deepEqual([answer.status, answer.body.code, Object.keys(answer.body.errors).toSorted()], [400, 'invalid_request', fields])
      }
    })

    test('ADMIN_EMAIL and ADMIN_PASSWORD: made when missing, left alone when there, refused in words', async (t) => {
      const { database, signIn } = await open(t)
      assert.equal(await createAdmin({ database }, 'Ann@Example.com', ANN.password), true)
      assert.equal(await createAdmin({ database }, ANN.email, 'another password'), false)
      await signIn()
      const refused = (message: RegExp) => (error: Error) => error instanceof StartError && message.test(error.message)
      await assert.rejects(
        createAdmin({ database }, 'bob@example.com', 'short'),
        refused(/^ADMIN_PASSWORD must have 8 to 200 characters, not 5\.$/),
      )
      await assert.rejects(createAdmin({ database }, 'bob', ANN.password), refused(/^ADMIN_EMAIL must be an address/))
    })
  })

  describe('signing in', () => {
    test('the cookie is out of reach of scripts and other sites, and the database holds its hash only', async (t) => {
      const { call, database } = await open(t, 'https://example.com/stats')
      await createAdmin({ database }, ANN.email, ANN.password)
      const { cookie } = await call('POST', '/api/session', ANN)
      const { name, value, ...rest } = cookie!
      assert.deepEqual(
        { name, ...rest },
        { name: 'footfall_session', maxAge: 2592000, path: '/stats', httpOnly: true, secure: true, sameSite: 'Lax' },
      )
      assert.match(value, /^[\w-]{43}$/)
      assert.deepEqual(await database.selectFrom('login_sessions').select('token_hash').execute(), [{ token_hash: hashToken(value) }])
    })

    test('a wrong password and an unknown email get the same answer', async (t) => {
      const { call, database } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      const wrong = await call('POST', '/api/session', { ...ANN, password: 'wrong horse battery' })
      const unknown = await call('POST', '/api/session', { ...ANN, email: 'bob@example.com' })
      assert.deepEqual([wrong.status, wrong.body], [401, { error: 'The email or the password is not right.', code: 'unauthorized' }])
      assert.deepEqual([unknown.status, unknown.body], [wrong.status, wrong.body])
      assert.equal(wrong.cookie, undefined)
    })

    test('signing out ends the session, not only the cookie', async (t) => {
      const { call, database, signIn } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      const headers = await signIn()
      assert.equal((await call('GET', '/guarded', undefined, headers)).status, 200)
      const out = await call('DELETE', '/api/session', undefined, headers)
      assert.deepEqual([out.status, out.cookie!.value], [204, ''])
      assert.equal((await call('GET', '/guarded', undefined, headers)).status, 401)
    })

    test('a session lasts 30 days, and visits prolong it', async (t) => {
      const world = await open(t)
      await createAdmin({ database: world.database }, ANN.email, ANN.password)
      const headers = await world.signIn()
      const visit = () => world.call('GET', '/api/session', undefined, headers)
      world.now += DAY / 2
      assert.equal((await visit()).cookie, undefined)
      world.now += 28 * DAY
      assert.equal((await visit()).cookie!.maxAge, 2592000)
      world.now += 29 * DAY
      assert.equal((await world.call('GET', '/guarded', undefined, headers)).status, 200)
      world.now += 2 * DAY
      assert.equal((await visit()).body.user, null)
      await world.signIn()
      assert.equal((await world.database.selectFrom('login_sessions').select('user_id').execute()).length, 1)
    })

    test('too many attempts for one account: 429 for the right password too, until the window ends', async (t) => {
      const world = await open(t)
      await createAdmin({ database: world.database }, ANN.email, ANN.password)
      for (let i = 0; i < 10; i++) {
        const { status } = await world.call(
          'POST',
          '/api/session',
          { ...ANN, password: 'wrong horse battery' },
          { 'x-test-address': `192.0.2.${i}` },
        )
        assert.equal(status, 401)
      }
      const limited = await world.call('POST', '/api/session', { ...ANN, email: 'ANN@example.com' })
      assert.deepEqual([limited.status, limited.headers['retry-after'], limited.body.code], [429, '900', 'too_many_requests'])
      assert.equal(limited.body.error, 'Too many attempts to sign in for this account. Try again in 15 minutes.')
      world.now += 900_000
      await world.signIn()
    })

    test('too many attempts from one address: 429 there, not elsewhere', async (t) => {
      const { call, database } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      const attempt = (index: number, address: string) =>
        call('POST', '/api/session', { email: `u${index}@example.com`, password: ANN.password }, { 'x-test-address': address })
      for (let i = 0; i < 20; i++) assert.equal((await attempt(i, '192.0.2.7')).status, 401)
      assert.equal((await attempt(21, '192.0.2.7')).status, 429)
      assert.equal((await call('POST', '/api/setup', ANN, { 'x-test-address': '192.0.2.7' })).status, 429)
      assert.equal((await attempt(22, '192.0.2.8')).status, 401)
    })

    test('the right password forgives earlier mistakes', async (t) => {
      const { call, database, signIn } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 8; i++)
          await call('POST', '/api/session', { ...ANN, password: 'wrong horse battery' }, { 'x-test-address': `192.0.2.${i}` })
        await signIn()
      }
    })
  })

  describe('requests from elsewhere', () => {
    const cases: [string, Record<string, string>, number][] = [
      ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
      ['typed by hand', { 'sec-fetch-site': 'none' }, 200],
      ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }, 403],
      ['a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }, 403],
      ['plain http, our origin', { origin: 'http://localhost:3000' }, 200],
      ['plain http, the host that was called', { origin: 'http://192.168.1.5:3000', host: '192.168.1.5:3000' }, 200],
      ['plain http, another origin', { origin: 'http://evil.example' }, 403],
      ['a hidden origin', { origin: 'null' }, 403],
      ['no browser', {}, 403],
    ]
    for (const [name, headers, expected] of cases) {
      test(`${name}: ${expected}; reading is always allowed`, async (t) => {
        const { call, database, signIn } = await open(t)
        await createAdmin({ database }, ANN.email, ANN.password)
        const { cookie } = await signIn()
        assert.equal((await call('POST', '/guarded', {}, { cookie, ...headers })).status, expected)
        assert.equal((await call('GET', '/guarded', undefined, { cookie, ...headers })).status, 200)
        assert.equal((await call('DELETE', '/api/session', undefined, { cookie, ...headers })).status, expected === 200 ? 204 : 403)
      })
    }

    test('another site cannot sign somebody in', async (t) => {
      const { call, database } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      assert.equal((await call('POST', '/api/session', ANN, { 'sec-fetch-site': 'cross-site' })).status, 403)
      assert.equal((await call('POST', '/api/setup', ANN, { origin: 'http://evil.example' })).status, 403)
    })
  })

  describe('API keys', () => {
    test('are made, listed without themselves, used and revoked', async (t) => {
      const world = await open(t)
      await createAdmin({ database: world.database }, ANN.email, ANN.password)
      const headers = await world.signIn()
      const made = await world.call('POST', '/api/keys', { name: 'CI', scopes: ['sites', 'stats'] }, headers)
      const { key, ...shown } = made.body
      assert.equal(made.status, 201)
      assert.match(key, /^ff_[\w-]{43}$/)
      assert.deepEqual(shown, {
        id: 1,
        name: 'CI',
        scopes: ['stats', 'sites'],
        prefix: key.slice(0, 9),
        created_at: '2026-01-01T00:00:00.000Z',
        last_used_at: null,
      })
      assert.equal((await world.call('POST', '/guarded', {}, { authorization: `Bearer ${key}` })).status, 200)
      const used = { ...shown, last_used_at: '2026-01-01T00:00:00.000Z' }
      assert.deepEqual((await world.call('GET', '/api/keys', undefined, headers)).body, { keys: [used] })
      assert.equal((await world.call('DELETE', '/api/keys/1', undefined, headers)).status, 204)
      assert.equal((await world.call('POST', '/guarded', {}, { authorization: `Bearer ${key}` })).status, 401)
      assert.equal((await world.call('DELETE', '/api/keys/1', undefined, headers)).status, 404)
      assert.equal((await world.call('DELETE', '/api/keys/x', undefined, headers)).status, 400)
    })

    test('a revocation by another process is noticed within ten seconds', async (t) => {
      const world = await open(t)
      const { key, id } = await createKey(world, { name: 'x', scopes: ['sites'], user: null })
      const use = async () => (await world.call('GET', '/guarded', undefined, { authorization: `Bearer ${key}` })).status
      assert.equal(await use(), 200)
      await world.database.deleteFrom('api_keys').where('id', '=', id).execute()
      world.now += 10_000
      assert.equal(await use(), 401)
    })

    test('a key with an end stops there', async (t) => {
      const world = await open(t)
      const { key } = await createKey(world, { name: 'x', scopes: ['sites'], user: null, lifetimeSeconds: 5 })
      const use = async () => (await world.call('GET', '/guarded', undefined, { authorization: `Bearer ${key}` })).status
      world.now += 4999
      assert.equal(await use(), 200)
      world.now += 1
      assert.equal(await use(), 401)
    })

    test('use is noted once a minute', async (t) => {
      const world = await open(t)
      const { key } = await createKey(world, { name: 'x', scopes: ['sites'], user: null })
      const start = world.now / 1000
      for (const [after, noted] of [
        [0, 0],
        [59, 0],
        [60, 60],
        [130, 130],
      ] as const) {
        world.now = (start + after) * 1000
        await world.call('GET', '/guarded', undefined, { authorization: `Bearer ${key}` })
        const { last_used_at } = await world.database.selectFrom('api_keys').select('last_used_at').executeTakeFirstOrThrow()
        assert.equal(last_used_at, start + noted)
      }
    })

    test('without its scope, a key is told which one is needed', async (t) => {
      const world = await open(t)
      const { key } = await createKey(world, { name: 'x', scopes: ['stats', 'import'], user: null })
      const { status, body } = await world.call('GET', '/guarded', undefined, { authorization: `Bearer ${key}` })
      assert.deepEqual([status, body.error], [403, 'This needs a key with the scope sites; yours has stats, import.'])
    })

    test('a wrong key is refused even beside a good cookie; keys do not manage keys', async (t) => {
      const { call, database, signIn, clock } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      const headers = await signIn()
      assert.equal((await call('GET', '/guarded', undefined, { ...headers, authorization: 'Bearer ff_wrong' })).status, 401)
      const { key } = await createKey({ database, clock }, { name: 'x', scopes: ['stats', 'sites', 'import', 'events'], user: null })
      for (const [method, url, body] of [
        ['GET', '/api/keys'],
        ['POST', '/api/keys', { name: 'y', scopes: ['stats'] }],
        ['DELETE', '/api/keys/1'],
      ] as const) {
        assert.equal((await call(method, url, body, { authorization: `Bearer ${key}` })).status, 403)
        assert.equal((await call(method, url, body)).status, 401)
      }
    })

    test('bad keys are refused by field', async (t) => {
      const { call, database, signIn } = await open(t)
      await createAdmin({ database }, ANN.email, ANN.password)
      const headers = await signIn()
      for (const body of [
        { name: 'x', scopes: [] },
        { name: 'x', scopes: ['root'] },
        { name: '', scopes: ['stats'] },
        { name: 'x', scopes: ['stats', 'stats'] },
        {},
      ]) {
        assert.equal((await call('POST', '/api/keys', body, headers)).status, 400, JSON.stringify(body))
      }
    })
  })
})
