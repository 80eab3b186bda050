import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Site } from '@footfall/contract/sites.ts'
import { pino } from 'pino'
import { createApp } from '../http.ts'
import type { Share } from '../seams.ts'
import { dashboardRoutes } from './static.ts'

const TOKEN = 'abcdefghijklmnopqrstuv'
const share = (embedOrigins: string[] | null): Share => ({
  link: 1,
  site: { id: 1, domain: 'example.com' } as Site,
  passwordHash: null,
  filters: [],
  limited: false,
  embedOrigins,
})

/** The pages of a dashboard of one file, with these shares; answers what a page may be framed by. */
async function open(t: TestContext, shares: Record<string, Share>) {
  const directory = mkdtempSync(join(tmpdir(), 'footfall-static-'))
  t.after(() => rmSync(directory, { recursive: true }))
  writeFileSync(join(directory, 'index.html'), '<html><script>1</script></html>')
  const app = await createApp({ log: pino({ level: 'silent' }), basePath: '' })
  t.after(() => app.close())
  const settings = { baseUrl: 'http://localhost:3000', trackerName: 'tracker.js', version: '1' }
  await dashboardRoutes(app, { directory, basePath: '', settings, shares: { share: async (name) => shares[name] } })
  return async (url: string) => {
    const { headers, statusCode } = await app.inject({ url })
    if (statusCode !== 200) return [statusCode, headers['x-frame-options']]
    const policy = String(headers['content-security-policy'])
    return [policy.match(/frame-ancestors (.*)$/)?.[1], headers['x-frame-options']]
  }
}

const OURS = ["'self'", 'SAMEORIGIN']

test('a shared page may be framed where its link says so, and only with ?embed=true', async (t) => {
  const origins = ['https://intra.example', 'https://*.example.org']
  const frames = await open(t, { [TOKEN]: share(origins), 'example.com': share(null), 'example.com/blog': share(null), none: share([]) })
  assert.deepEqual(await frames(`/share/${TOKEN}?embed=true`), ["'self' https://intra.example https://*.example.org", undefined])
  assert.deepEqual(await frames('/share/example.com?embed=true&theme=dark'), ['*', undefined])
  assert.deepEqual(await frames('/share/example.com%2Fblog?embed=true'), ['*', undefined])
  assert.deepEqual(await frames(`/share/${TOKEN}`), OURS)
  assert.deepEqual(await frames(`/share/${TOKEN}?embed=false`), OURS)
  assert.deepEqual(await frames('/share/none?embed=true'), OURS)
})

test('no other page, and no trick with a path, can be framed', async (t) => {
  const frames = await open(t, { [TOKEN]: share(null) })
  const urls = ['/', '/login', '/settings/keys', '/sites/example.com', '/share/unknown', '/share/', '/share/x', '/share/../settings']
  for (const url of urls) {
    const [first, second] = await frames(`${url}?embed=true`)
    assert.ok(first === "'self'" || first === 404, `${url}: ${first}`)
    assert.equal(second, 'SAMEORIGIN', url)
  }
  for (const url of [`/settings?x=/share/${TOKEN}&embed=true`, `//share/${TOKEN}?embed=true`, `/%73hare%2F${TOKEN}?embed=true`])
    assert.equal((await frames(url))[1], 'SAMEORIGIN', url)
})
