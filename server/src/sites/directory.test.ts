import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, onEveryDatabase } from '../database/testing.ts'
import { createSiteDirectory } from './directory.ts'
import { findOrCreateGoal } from './goals.ts'
import { addSite, changeSite } from './store.ts'

onEveryDatabase((kind) => {
  test('a site is found by its domain in any case and with www.; others are not', async (t) => {
    const database = await freshDatabase(t, kind)
    const site = await addSite({ database }, { domain: 'example.com', timezone: 'Europe/Berlin', tracker: { hash: true } })
    const directory = createSiteDirectory({ database, clock: () => 0 })
    for (const domain of ['example.com', 'EXAMPLE.com', 'www.example.com']) assert.deepEqual(await directory.find(domain), site)
    assert.deepEqual(await directory.find(String(site.id)), site)
    assert.equal(await directory.find(String(site.id + 1)), undefined)
    for (const domain of ['example.org', 'blog.example.com', '', 'www.', "' or 1=1 --"])
      assert.equal(await directory.find(domain), undefined)
  })

  test('what another process changes is seen within a second, what this one changes at once', async (t) => {
    const database = await freshDatabase(t, kind)
    let now = 0
    const directory = createSiteDirectory({ database, clock: () => now })
    assert.equal(await directory.find('example.com'), undefined)
    const site = await addSite({ database }, { domain: 'example.com' })
    assert.equal(await directory.find('example.com'), undefined)
    now = 1000
    assert.deepEqual(await directory.find('example.com'), site)
    assert.deepEqual(await directory.goals(site.id), [])
    const changed = await changeSite(database, site, { timezone: 'Asia/Tokyo' })
    const goal = await findOrCreateGoal(database, site.id, { goal_type: 'page', page_path: '/x' })
    assert.deepEqual(await directory.find('example.com'), site)
    directory.clear()
    assert.deepEqual([await directory.find('example.com'), await directory.goals(site.id)], [changed, [goal]])
  })

  test('questions at the same time cost one query; a failure is not remembered', async (t) => {
    const database = await freshDatabase(t, kind)
    let queries = 0
    const counting = database.withPlugin({
      transformQuery: ({ node }) => {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => {
        if (queries === 1) throw new Error('gone for a moment')
        return result
      },
    })
    const directory = createSiteDirectory({ database: counting, clock: () => 0 })
    const first = await Promise.allSettled([directory.find('a.example'), directory.find('A.example')])
    assert.deepEqual([first.map(({ status }) => status), queries], [['rejected', 'rejected'], 1])
    await Promise.all(Array.from({ length: 50 }, () => directory.find('a.example')))
    assert.equal(queries, 2)
  })
})
