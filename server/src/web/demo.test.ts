import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { createApp } from '../http.ts'
import { demoRoutes } from './demo.ts'

async function app(basePath = '') {
  const app = await createApp({ log: pino({ level: 'silent' }), basePath })
  demoRoutes(app, { basePath, trackerName: 'count.js', eventPath: '/api/hit' })
  return app
}

test('the page carries the tracker for the demo’s own site, below the path of the server', async () => {
  const page = await (await app('/stats')).inject('/stats/demo')
  assert.equal(page.statusCode, 200)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  assert.match(
    page.body,
    /src="\/stats\/count\.js"\s+data-domain="demo\.footfall\.example"\s+data-api="\/stats\/api\/hit"\s+data-localhost/,
  )
  assert.match(page.body, /href="\/stats\/sites\/demo\.footfall\.example"/)
  assert.doesNotMatch(page.body, /\{\{/)
})

test('nothing on it needs an exception from the content policy', async () => {
  const page = await (await app()).inject('/demo')
  assert.match(String(page.headers['content-security-policy']), /^default-src 'self';/)
  assert.doesNotMatch(page.body, /<style|style=|\son\w+=|<script(?![^>]*src=)/)
})

test('?site= chooses a site, and cannot add to the page', async () => {
  const server = await app()
  const page = await server.inject('/demo/shop?site=example.com')
  assert.match(page.body, /data-domain="example\.com"/)
  const hostile = await server.inject(`/demo?site=${encodeURIComponent('x"><img')}`)
  assert.match(hostile.body, /data-domain="x&quot;&gt;&lt;img"/)
  assert.doesNotMatch(hostile.body, /<img/)
  assert.equal((await server.inject('/demo?site=two%20words')).statusCode, 400)
})

test('pages of the script can be reloaded; its files have their types', async () => {
  const server = await app()
  const found: Record<string, string> = {}
  for (const path of ['/demo/shop', '/demo/join', '/demo/demo.js', '/demo/demo.css', '/demo/counting-at-doors.pdf', '/demo/demo.html']) {
    const { statusCode, headers } = await server.inject(path)
    found[path] = `${statusCode} ${String(headers['content-type']).split(';')[0]}`
  }
  assert.deepEqual(found, {
    '/demo/shop': '200 text/html',
    '/demo/join': '200 text/html',
    '/demo/demo.js': '200 text/javascript',
    '/demo/demo.css': '200 text/css',
    '/demo/counting-at-doors.pdf': '200 application/pdf',
    '/demo/demo.html': '404 application/json',
  })
})
