import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Attributes, StoredEvent } from '../../lib/event.ts'
import { command } from './client.ts'
import { createMySqlEngine } from './engine.ts'
import { migrate } from './migrate.ts'
import { realMySqlEngine } from './test-support.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const BEFORE_SCREENS = '0015'
const NOON = 1_781_697_600

/** An event of site 1 with this device, and this class of screen. */
function event(id: string, device: string, screen: string): StoredEvent {
  const blank = Object.fromEntries(VISIT_ATTRIBUTES.map((name) => [name, ''])) as Attributes
  const page = { name: 'pageview', hostname: 'example.com', pathname: '/', props: {}, revenue: null }
  const quiet = { engagement: 0, scroll: 0, interactive: true }
  return { site: 1, at: NOON, id, visitor: '1', visit: '2', ...page, ...quiet, attributes: { ...blank, browser: id, device, screen } }
}

test('visits from before there were screens have the class of their device, and share its text with later ones', async (t) => {
  const store = await realMySqlEngine()
  t.after(() => store.close())
  const folder = await mkdtemp(join(tmpdir(), 'footfall-screens-'))
  t.after(() => rm(folder, { recursive: true }))
  const { client } = store
  await store.engine.write({
    token: 'before',
    events: [event('1', 'Mobile', ''), event('2', '', ''), event('3', 'Téléviseur', '')],
    visits: [],
  })
  // As the version before left it.
  const later = (await readdir(FOLDER)).filter((name) => name >= BEFORE_SCREENS && name.includes('screen'))
  await command(client.pool, 'ALTER TABLE agents DROP COLUMN screen')
  await command(client.pool, 'DELETE FROM event_migrations WHERE name IN (?)', [later])
  await cp(FOLDER, folder, { recursive: true })
  assert.deepEqual(await migrate(client, folder), later)

  const again = createMySqlEngine({ client })
  await again.write({ token: 'after', events: [event('4', 'Desktop', 'Mobile')], visits: [] })
  const screens = new Map<string, string>()
  for await (const page of again.export({ site: 1, from: 0, to: NOON }))
    for (const { id, attributes } of page) screens.set(id, attributes.screen)
  assert.deepEqual(Object.fromEntries(screens), { 1: 'Mobile', 2: '', 3: 'Téléviseur', 4: 'Mobile' })
  const kinds = await client.pool.query('SELECT kind, CAST(value AS CHAR) AS value FROM terms WHERE site = 1 AND kind = 27 ORDER BY value')
  assert.deepEqual(JSON.parse(JSON.stringify(kinds[0])), [
    { kind: 27, value: 'Mobile' },
    { kind: 27, value: 'Téléviseur' },
  ])
})

test('a migration that ran without being recorded runs again', async (t) => {
  const store = await realMySqlEngine()
  t.after(() => store.close())
  await command(store.client.pool, "DELETE FROM event_migrations WHERE name LIKE '%screen%' OR name LIKE '%title%'")
  assert.equal((await migrate(store.client, FOLDER)).length, 4)
})
