import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Role } from '../src/lib/variables.ts'
import { openFileJournal } from '../src/write/file-journal.ts'
import { event, keptLog } from '../src/write/test-support.ts'
import { EMBEDDED } from './engines.ts'
import { visitor } from './journey.ts'
import { world } from './world.ts'

const ALL: Role[] = ['collect', 'write', 'query', 'web', 'jobs']
/** An address of each role, and what it says where the process has that role. */
const ADDRESSES = [
  { role: 'collect', method: 'POST', url: '/api/event', body: {}, status: 400 },
  { role: 'write', method: 'POST', url: '/api/v1/sites/nobody.example/import', body: {}, status: 404 },
  { role: 'query', method: 'POST', url: '/api/v2/query', body: {}, status: 400 },
  { role: 'web', method: 'GET', url: '/api/v1/sites', status: 200 },
  { role: 'web', method: 'GET', url: '/demo', status: 200 },
] as const

describe('what a process runs', () => {
  const settings: { roles: Role[] } = { roles: ALL }
  const w = world(EMBEDDED, settings)
  const become = async (...roles: Role[]) => {
    settings.roles = roles
    await w.restart()
  }

  test('is what ROLES says: other addresses are not there, health always is', async () => {
    for (const roles of [ALL, ...ALL.map((role) => [role])]) {
      await become(...roles)
      for (const { role, method, url, status, ...rest } of ADDRESSES) {
        const answer = await w.api(method, url, 'body' in rest ? rest.body : undefined)
        const missing = (answer.body as { error?: string } | null)?.error?.includes(`${method} ${url}`) ?? false
        assert.equal(answer.status, roles.includes(role) ? status : 404, `${url} with ${roles.join()}`)
        if (!roles.includes(role)) assert.equal(missing, true, `${url} with ${roles.join()}: ${JSON.stringify(answer.body)}`)
      }
      assert.equal((await w.api('GET', '/health/ready')).status, 200)
    }
  })

  test('who collects stores what it collected', async () => {
    await become(...ALL)
    const site = await w.site()
    await become('collect')
    await site.play(visitor('anna').views('/'))
    await w.running().flush()
    await become('query')
    assert.deepEqual(await site.ask({ metrics: ['visitors', 'pageviews'] }), [[1, 1]])
  })

  test('what lies in the journal is stored, whatever the process runs now', async () => {
    await become(...ALL)
    const site = await w.site()
    const { body } = await w.api('GET', `/api/v1/sites/${site.domain}`)
    const directory = join(w.directory(), 'journal')
    await w.running().stop()
    const left = await openFileJournal({ directory, clock: () => w.now, log: keptLog().log })
    await left.append([event({ site: (body as { id: number }).id, at: w.now / 1000 })])
    await left.close()
    settings.roles = ['query']
    await w.boot()
    for (let tries = 0; tries < 600; tries += 1) {
      const { body: answer } = await w.api('POST', '/api/v2/query', { site_id: site.domain, metrics: ['pageviews'], date_range: 'all' })
      if (JSON.stringify(answer).includes('"metrics":[1]')) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.fail('the event that an earlier process accepted is not counted')
  })
})
