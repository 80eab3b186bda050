import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import type { AddressInfo } from 'node:net'
import { ApiError, createApi, type Api } from './api.ts'

// A real HTTP server that repeats what it was asked, so that what goes over the wire is what is checked.
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const status = Number(/status-(\d+)/.exec(body + request.url)?.[1] ?? 200)
  const answer =
    status >= 400
      ? { error: 'No.', code: 'invalid_request', errors: { domain: ['is taken'] } }
      : { asked: `${request.method} ${request.url} ${body}`, sites: [] }
  response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? undefined : JSON.stringify(answer))
})
let base = ''
let signedOut = 0
let api: Api
before(async () => {
  await new Promise<void>((done) => server.listen(0, done))
  base = `http://localhost:${(server.address() as AddressInfo).port}/stats/`
  api = createApi({ base, fetch, onSignedOut: () => (signedOut += 1) })
})
after(() => server.close())

test('requests go under the base path; domains with a path stay one part of the address', async () => {
  const answer = (await api.changeSite('example.com/a', { timezone: 'Etc/UTC' })) as unknown as { asked: string }
  assert.equal(answer.asked, 'PUT /stats/api/v1/sites/example.com%2Fa {"timezone":"Etc/UTC"}')
})

test('what is not part of the path goes escaped into the query', async () => {
  const asked = async (answer: Promise<unknown>) => ((await answer) as { asked: string }).asked
  assert.equal(
    await asked(api.dropped('a.example', ['2026-01-01', '2026-01-31'])),
    'GET /stats/api/v1/sites/a.example/dropped?date_range=2026-01-01%2C2026-01-31 ',
  )
  assert.equal(await asked(api.deleteGoal('a.example/b', 7)), 'DELETE /stats/api/v1/sites/goals/7?site_id=a.example%2Fb ')
})

test('errors by field arrive as such', async () => {
  await assert.rejects(
    api.addSite({ domain: 'status-400' }),
    (error: ApiError) => error.status === 400 && error.errors.domain?.[0] === 'is taken',
  )
})

test('a lost session is told, a wrong password is not', async () => {
  await assert.rejects(api.addSite({ domain: 'status-401' }), ApiError)
  assert.equal(signedOut, 1)
  await assert.rejects(api.signIn({ email: 'status-401', password: '' }), ApiError)
  assert.equal(signedOut, 1)
})

test('no server is its own error; a cancelled question is none', async () => {
  const nowhere = createApi({ base: 'http://localhost:1/', fetch, onSignedOut: () => undefined })
  await assert.rejects(nowhere.sites(), (error: ApiError) => error.code === 'offline')
  await assert.rejects(api.query({ site_id: 'a', metrics: ['visitors'], date_range: 'day' }, AbortSignal.abort()), { name: 'AbortError' })
})

test('what opens a shared dashboard goes with the stream too', () => {
  assert.equal(api.realtimeStream('a.example'), `${base}api/v1/stats/realtime/stream?site_id=a.example`)
  const guest = createApi({ base, fetch, onSignedOut: () => undefined, share: () => 'token.1.x/y' })
  assert.equal(guest.realtimeStream('a.example'), `${base}api/v1/stats/realtime/stream?site_id=a.example&share=token.1.x%2Fy`)
})
