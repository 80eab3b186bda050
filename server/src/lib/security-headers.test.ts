import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { createApp } from '../http.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

test('answers carry the security headers, errors too, but for routes that set their own', async (t) => {
  const app = await createApp({ log: pino({ level: 'silent' }), basePath: '' })
  t.after(() => app.close())
  app.get('/answer', () => 'ok')
  app.get('/failure', () => Promise.reject(new Error('secret')))
  app.get('/stricter', (_request, reply) => reply.header('x-frame-options', 'DENY').send('ok'))
  app.get('/own', { config: { securityHeaders: false } }, () => 'ok')
  const headersOf = async (url: string) => (await app.inject({ url })).headers

  for (const url of ['/answer', '/failure', '/nowhere']) {
    const headers = await headersOf(url)
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) assert.equal(headers[name], value, `${url}: ${name}`)
  }
  assert.equal((await headersOf('/stricter'))['x-frame-options'], 'DENY')
  for (const name of Object.keys(SECURITY_HEADERS)) assert.equal((await headersOf('/own'))[name], undefined, name)
})
