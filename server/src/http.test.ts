import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { test, type TestContext } from 'node:test'
import { ROUTES } from '@footfall/contract/routes.ts'
import { pino } from 'pino'
import { AppError } from './errors.ts'
import { createApp } from './http.ts'

/** Over real sockets: what Fastify injects knows no slow client. */
async function listening(t: TestContext) {
  const app = await createApp({ log: pino({ level: 'silent' }), basePath: '', patience: { headers: 200, body: 400, check: 50 } })
  const bodies: unknown[] = []
  app.post('/small', (request) => {
    bodies.push(request.body)
    return { ok: true }
  })
  app.get('/page', () => ({ ok: true }))
  app.addContentTypeParser('application/x-ndjson', (_request, body, done) => done(null, body))
  app.post(ROUTES.import, async (request) => {
    let bytes = 0
    for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length
    return { bytes }
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => app.close())
  return { bodies, port: (app.server.address() as AddressInfo).port }
}

/** Sends a beginning, then a piece every 50 ms; answers what came back when the server closed the connection or the pieces ended. */
async function drip(port: number, begin: string, piece: string, pieces: number) {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (more: string) => (text += more))
  // A server that closes while we write resets the connection: what is meant to happen.
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(begin)
  let sent = 0
  for (; sent < pieces && !socket.closed; sent++) {
    await setTimeout(50)
    socket.write(piece)
  }
  for (let wait = 0; wait < 600 && !socket.closed && !/\r\n\r\n.*\}/s.test(text); wait++) await setTimeout(50)
  const { closed } = socket
  socket.destroy()
  return { text, closed, all: sent === pieces }
}

// Ten seconds of dripping: whoever is let go on for that long is not shut out.
const LONG = 200

test('headers that come byte by byte are not waited for', async (t) => {
  const { port } = await listening(t)
  const { text, closed, all } = await drip(port, 'POST /small HTTP/1.1\r\nhost: a\r\n', 'x-a: b\r\n', LONG)
  assert.deepEqual([closed, all], [true, false])
  assert.match(text, /^HTTP\/1\.1 408 /)
})

const TYPE = 'host: a\r\ncontent-type: application/json\r\n'
const SLOW: [string, string, string][] = [
  ['a body of a stated length', `POST /small HTTP/1.1\r\n${TYPE}content-length: 10000\r\n\r\n`, ' '],
  ['a body in chunks', `POST /small HTTP/1.1\r\n${TYPE}transfer-encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ['a body for nobody', `POST /nowhere HTTP/1.1\r\n${TYPE}content-length: 10000\r\n\r\n`, ' '],
  ['a body of a GET', `GET /page HTTP/1.1\r\nhost: a\r\ncontent-length: 10000\r\n\r\n`, ' '],
]
for (const [what, begin, piece] of SLOW) {
  test(`${what} that comes byte by byte ends the connection`, async (t) => {
    const { port, bodies } = await listening(t)
    const { closed, all } = await drip(port, begin, piece, LONG)
    assert.deepEqual([closed, all, bodies], [true, false, []])
  })
}

test('an import may take its time', async (t) => {
  const { port } = await listening(t)
  const head = `POST ${ROUTES.import.replace(':site', 'a')} HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-ndjson\r\ncontent-length: 24\r\n\r\n`
  const { text, all } = await drip(port, head, 'x', 24)
  assert.equal(all, true)
  assert.match(text, /^HTTP\/1\.1 200 [^]*\{"bytes":24\}$/)
})

test('one connection serves request after request, however long it rests between', async (t) => {
  const { port, bodies } = await listening(t)
  const request = `POST /small HTTP/1.1\r\n${TYPE}content-length: 2\r\n\r\n{}`
  const { text, closed } = await drip(port, request, '', 12)
  assert.match(text, /^HTTP\/1\.1 200 /)
  assert.equal(closed, false, 'longer than a body may take, but it had come')
  const again = await drip(port, request + request, '', 1)
  assert.equal(again.text.match(/HTTP\/1\.1 200 /g)?.length, 2)
  assert.equal(bodies.length, 3)
})

test('more headers than any browser sends are a 431', async (t) => {
  const { port } = await listening(t)
  const { text, closed } = await drip(port, `GET /page HTTP/1.1\r\nhost: a\r\ncookie: ${'c'.repeat(17_000)}\r\n\r\n`, '', 1)
  assert.match(text, /^HTTP\/1\.1 431 /)
  assert.equal(closed, true)
})

test('what cannot be had for a while is said in one line, not with a stack for every request', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1e12 })
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>)
  const app = await createApp({ log: pino({ level: 'warn' }, { write }), basePath: '' })
  t.after(() => app.close())
  const cause = new Error('ENOSPC: no space left on device')
  app.get('/full', () => Promise.reject(new AppError('unavailable', 'Events cannot be stored', { retryAfter: 5, cause })))
  app.get('/bug', () => Promise.reject(new Error('a bug')))

  const ask = async (url: string) => (await app.inject({ url })).statusCode
  for (let times = 0; times < 20; times += 1) assert.equal(await ask('/full'), 503)
  assert.equal(lines.length, 1)
  assert.match(JSON.stringify(lines[0]), /ENOSPC/)
  assert.doesNotMatch(JSON.stringify(lines[0]), /at .*http\.test/, 'no stack')
  t.mock.timers.setTime(1e12 + 60_000)
  await ask('/full')
  assert.equal(lines.length, 2)
  assert.equal(lines[1]!.unsaid, 19)

  for (let times = 0; times < 2; times += 1) assert.equal(await ask('/bug'), 500)
  assert.equal(lines.length, 4, 'what nobody expects is said each time, with its stack')
  assert.match(JSON.stringify(lines[3]), /stack/)
})
