import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, onEveryDatabase } from '../database/testing.ts'
import { createSiteDirectory } from './directory.ts'
import { addFunnel } from './funnels.ts'
import { findOrCreateGoal } from './goals.ts'
import { addSegment, changeSegment } from './segments.ts'
import { addLink, changeLink, findOrCreateLink } from './shared-links.ts'
import { addSite } from './store.ts'

/** MySQL fills texts up with blanks before it compares them, SQLite does not: what is kept has none at its ends. */
const NAMES = ['A', 'a', 'a ', ' a', 'ä', 'a\u0308', '😀', '😁', 'ß', 'ss']
const TAKEN = ['a ', ' a']

onEveryDatabase((kind) => {
  let page = 0
  test('names differ by case, accent and emoji, not by blanks at their ends', async (t) => {
    const database = await freshDatabase(t, kind)
    const clock = () => 0
    const site = (await addSite({ database, clock }, { domain: 'names.example' })).id
    const refused = async (add: (name: string) => Promise<unknown>) => {
      const names: string[] = []
      for (const name of NAMES)
        await add(name).catch((error: { code?: string }) => {
          assert.equal(error.code, 'conflict', name)
          names.push(name)
        })
      return names
    }
    assert.deepEqual(
      await refused((name) => findOrCreateGoal(database, site, { goal_type: 'page', page_path: `/${page++}`, display_name: name })),
      TAKEN,
    )
    assert.deepEqual(await refused((name) => addSegment({ database, clock }, site, { name, filters: [] })), TAKEN)
    const steps = ['A', 'a']
    assert.deepEqual(await refused((name) => addFunnel({ database, clock }, site, { name, steps })), TAKEN)
    const { id } = await addSegment({ database, clock }, site, { name: 'last', filters: [] })
    await assert.rejects(changeSegment(database, site, id, { name: 'A ' }), { code: 'conflict' })
    await assert.rejects(changeSegment(database, site, id, { name: ' ' }), { code: 'invalid_request' })
    assert.equal((await changeSegment(database, site, id, { name: ' renamed ' })).name, 'renamed')
  })

  test('names of shared links are told apart in the same way, and found again with blanks', async (t) => {
    const database = await freshDatabase(t, kind)
    const parts = { database, clock: () => 0, baseUrl: 'https://stats.example', hashPassword: async (password: string) => password }
    const site = (await addSite(parts, { domain: 'links.example' })).id
    const refused: string[] = []
    for (const name of NAMES)
      await addLink(parts, site, { name }).catch((error: { code?: string }) => {
        assert.equal(error.code, 'conflict', name)
        refused.push(name)
      })
    assert.deepEqual(refused, TAKEN)
    const { id } = await findOrCreateLink(parts, site, 'for\u00a0ann ')
    assert.equal((await findOrCreateLink(parts, site, ' for\u00a0ann')).id, id)
    await assert.rejects(changeLink(parts, site, id, { name: 'A ' }), { code: 'conflict' })
    await assert.rejects(changeLink(parts, site, id, { name: ' ' }), { code: 'invalid_request' })
    await assert.rejects(addLink(parts, site, { name: '\t' }), { code: 'invalid_request' })
    assert.equal((await changeLink(parts, site, id, { name: ' renamed ' })).name, 'renamed')
  })

  test('a site is found by its domain whatever the case, with or without blanks, and by no other', async (t) => {
    const database = await freshDatabase(t, kind)
    const clock = () => 0
    const { id } = await addSite({ database, clock }, { domain: 'names.example' })
    const directory = createSiteDirectory({ database, clock })
    for (const name of ['names.example', 'NAMES.example', 'names.example ', ' names.example'])
      assert.equal((await directory.find(name))?.id, id, JSON.stringify(name))
    for (const name of ['names.examplé', 'names.example😀', 'names.exampl']) assert.equal(await directory.find(name), undefined, name)
  })
})
