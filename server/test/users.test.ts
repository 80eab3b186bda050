import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Account } from '@footfall/contract/accounts.ts'
import type { System } from '@footfall/contract/system.ts'
import { onEveryEngine } from './engines.ts'
import { world } from './world.ts'

const ADMIN = { email: 'admin@example.com', password: 'correct horse battery' }
const PASSWORD = 'eight or more'
const OURS = { 'sec-fetch-site': 'same-origin' }

onEveryEngine('users and roles', (engine) => {
  const w = world(engine)
  type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
  let people = 0

  async function call(method: Method, url: string, body?: object, headers: Record<string, string> = {}) {
    const response = await w.running().app.inject({ method, url, headers: { ...OURS, ...headers }, ...(body && { payload: body }) })
    const cookie = response.cookies.find(({ name }) => name === 'footfall_session')?.value
    return { status: response.statusCode, body: response.body.startsWith('{') ? response.json() : response.body, cookie }
  }

  /** A browser in which somebody signed in; answers statuses with bodies. */
  async function signIn(credentials: { email: string; password: string }) {
    const from = { 'x-forwarded-for': `192.0.2.${++people % 250}` }
    const { status, cookie } = await call('POST', '/api/session', credentials, from)
    assert.equal(status, 200)
    return (method: Method, url: string, body?: object) => call(method, url, body, { cookie: `footfall_session=${cookie}` })
  }

  async function add(role: string) {
    const admin = await signIn(ADMIN)
    const email = `person${++people}@example.com`
    const made = await admin('POST', '/api/users', { email, password: PASSWORD, role })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return { ...(made.body as Account), credentials: { email, password: PASSWORD } }
  }

  it('a viewer looks, an editor changes sites, an administrator everything', async () => {
    const { domain } = await w.site()
    const ask = { site_id: domain, metrics: ['visitors'], date_range: 'day' }
    const may: [Method, string, object | undefined, Record<string, boolean>][] = [
      ['POST', '/api/v2/query', ask, { admin: true, editor: true, viewer: true }],
      ['GET', '/api/v1/sites', undefined, { admin: true, editor: true, viewer: true }],
      ['GET', `/api/v1/sites/${domain}`, undefined, { admin: true, editor: true, viewer: true }],
      ['GET', `/api/v1/sites/goals?site_id=${domain}`, undefined, { admin: true, editor: true, viewer: true }],
      ['GET', `/api/v1/sites/${domain}/annotations`, undefined, { admin: true, editor: true, viewer: true }],
      ['POST', `/api/v1/sites/${domain}/annotations`, { date: '2026-01-01', text: 'x' }, { admin: true, editor: true, viewer: false }],
      ['PUT', `/api/v1/sites/${domain}`, { timezone: 'Europe/Paris' }, { admin: true, editor: true, viewer: false }],
      ['POST', `/api/v1/sites/${domain}/shared-links`, { name: 'x' }, { admin: true, editor: true, viewer: false }],
      ['GET', '/api/keys', undefined, { admin: true, editor: false, viewer: false }],
      ['GET', '/api/users', undefined, { admin: true, editor: false, viewer: false }],
      ['GET', '/api/v1/system', undefined, { admin: true, editor: false, viewer: false }],
    ]
    for (const role of ['admin', 'editor', 'viewer']) {
      const { credentials } = await add(role)
      const browser = await signIn(credentials)
      for (const [method, url, body, allowed] of may) {
        const { status } = await browser(method, url, body && { ...body, ...(body && 'name' in body && { name: role }) })
        assert.equal(status, allowed[role] ? 200 : 403, `${role}: ${method} ${url}`)
      }
      for (const [method, url, body] of [
        ['POST', '/api/users', { email: `x-${role}@example.com`, password: PASSWORD, role: 'viewer' }],
        ['POST', '/api/keys', { name: role, scopes: ['sites'] }],
      ] as const)
        assert.equal((await browser(method, url, body)).status, role === 'admin' ? 201 : 403, `${role}: ${method} ${url}`)
    }
  })

  it('a viewer does not see which addresses a site excludes, nor keys, nor what opens a shared dashboard', async () => {
    const shields = { ip: ['203.0.113.7'], page: ['/admin/**'] }
    const { domain } = await w.site({ shields })
    await w.api('POST', `/api/v1/sites/${domain}/shared-links`, { name: 'Board' })
    const of = (body: unknown) => (body as { shields: object }).shields
    for (const [role, seen] of [
      ['admin', shields],
      ['editor', shields],
      ['viewer', { page: ['/admin/**'] }],
    ] as const) {
      const { credentials } = await add(role)
      const browser = await signIn(credentials)
      assert.deepEqual(of((await browser('GET', `/api/v1/sites/${domain}`)).body), seen, role)
      const list = (await browser('GET', '/api/v1/sites')).body as { sites: { domain: string }[] }
      assert.deepEqual(of(list.sites.find((site) => site.domain === domain)), seen, role)
    }
    const { credentials } = await add('viewer')
    const viewer = await signIn(credentials)
    for (const url of ['/api/keys', `/api/v1/sites/${domain}/shared-links`]) assert.equal((await viewer('GET', url)).status, 403, url)
    assert.equal((await viewer('PUT', '/api/v1/sites/shared-links', { site_id: domain, name: 'Board' })).status, 403)
  })

  it('nobody raises their own role, and no key administers', async () => {
    const { id, credentials } = await add('editor')
    const browser = await signIn(credentials)
    assert.equal((await browser('PUT', `/api/users/${id}`, { role: 'admin' })).status, 403)
    assert.equal((await browser('PUT', '/api/account', { current_password: PASSWORD, role: 'admin' })).status, 400)
    for (const url of ['/api/users', '/api/v1/system', '/api/keys']) assert.equal((await w.api('GET', url)).status, 403, url)
    assert.equal((await call('GET', '/api/users')).status, 401)
    assert.equal((await w.api('PUT', '/api/account', { current_password: 'x', password: 'new password' })).status, 403)
  })

  it('a role that is taken away, and a user who is removed, end at once', async () => {
    const { id, credentials } = await add('admin')
    const [admin, browser] = [await signIn(ADMIN), await signIn(credentials)]
    const made = await browser('POST', '/api/keys', { name: 'theirs', scopes: ['stats'] })
    const key = { authorization: `Bearer ${(made.body as { key: string }).key}` }
    assert.equal((await call('GET', '/api/v1/stats/aggregate?site_id=x', undefined, key)).status, 404, 'the key opens')
    assert.equal((await admin('PUT', `/api/users/${id}`, { role: 'viewer' })).body.role, 'viewer')
    assert.equal((await browser('GET', '/api/users')).status, 401, 'signed out')
    const again = await signIn(credentials)
    assert.equal((await again('GET', '/api/users')).status, 403)
    assert.equal((await admin('DELETE', `/api/users/${id}`)).status, 204)
    assert.equal((await again('GET', '/api/users')).status, 401)
    assert.equal((await call('GET', '/api/v1/stats/aggregate?site_id=x', undefined, key)).status, 401, 'the key is gone too')
    assert.equal((await call('POST', '/api/session', credentials)).status, 401)
    assert.equal((await admin('DELETE', `/api/users/${id}`)).status, 404)
  })

  it('the last administrator stays, also when two remove each other at the same moment', async () => {
    const admin = await signIn(ADMIN)
    const { users } = (await admin('GET', '/api/users')).body as { users: Account[] }
    const me = users.find(({ email }) => email === ADMIN.email)!
    for (const { id, role, email } of users) {
      if (role === 'admin' && email !== ADMIN.email) assert.equal((await admin('DELETE', `/api/users/${id}`)).status, 204)
    }
    assert.equal((await admin('DELETE', `/api/users/${me.id}`)).status, 409)
    assert.equal((await admin('PUT', `/api/users/${me.id}`, { role: 'viewer' })).status, 409)

    const { id, credentials } = await add('admin')
    const other = await signIn(credentials)
    const answers = await Promise.all([
      admin('PUT', `/api/users/${id}`, { role: 'viewer' }),
      other('PUT', `/api/users/${me.id}`, { role: 'viewer' }),
    ])
    const statuses = answers.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 200).length, 1, `one of them: ${statuses.join()}`)
    const winner = statuses[0] === 200 ? await signIn(ADMIN) : await signIn(credentials)
    const left = ((await winner('GET', '/api/users')).body as { users: Account[] }).users.filter(({ role }) => role === 'admin')
    assert.equal(left.length, 1)
    if (statuses[0] !== 200) await winner('PUT', `/api/users/${me.id}`, { role: 'admin' })
  })

  it('people change their own email and password, which ends their other sessions', async () => {
    const { credentials } = await add('viewer')
    const [here, there] = [await signIn(credentials), await signIn(credentials)]
    const wrong = await here('PUT', '/api/account', { current_password: 'not this one', password: 'another password' })
    assert.equal(wrong.status, 401)
    const taken = await here('PUT', '/api/account', { current_password: PASSWORD, email: ADMIN.email })
    assert.equal(taken.status, 409)
    const changed = await here('PUT', '/api/account', {
      current_password: PASSWORD,
      email: 'New@Example.com',
      password: 'another password',
    })
    assert.deepEqual([changed.status, changed.body.email, changed.body.role], [200, 'new@example.com', 'viewer'])
    assert.equal((await here('GET', '/api/session')).body.user.email, 'new@example.com')
    assert.equal((await there('GET', '/api/session')).body.user, null)
    assert.equal((await call('POST', '/api/session', credentials)).status, 401)
    const again = await signIn({ email: 'new@example.com', password: 'another password' })
    assert.equal((await here('DELETE', '/api/account/sessions')).status, 204)
    assert.equal((await here('GET', '/api/session')).body.user, null)
    assert.equal((await again('GET', '/api/session')).body.user, null)
  })

  it('an administrator sees how the system is doing', async () => {
    const admin = await signIn(ADMIN)
    const { status, body } = await admin('GET', '/api/v1/system')
    const system = body as System
    assert.equal(status, 200, JSON.stringify(body))
    const kind = engine.name === 'mysql' ? 'mysql' : 'clickhouse'
    assert.equal(system.events.engine, kind)
    assert.match(system.events.version!, /^\d+\.\d+/)
    assert.equal(system.metadata.kind, engine.name === 'mysql' ? 'mysql' : 'sqlite')
    assert.deepEqual([system.cache, system.set_aside, system.erasing], [{ kind: 'memory', ok: true }, [], []])
    assert.ok(system.disk.free_bytes > 0 && system.disk.free_bytes <= system.disk.total_bytes && system.journal.limit_bytes > 0)
  })
})
