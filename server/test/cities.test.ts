import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createCities } from '../src/collect/cities.ts'
import { silent, site, startCollector } from '../src/collect/testing.ts'
import { freshDatabase, onEveryDatabase } from '../src/database/testing.ts'
import { openMetadata } from '../src/database/open.ts'
import { EMBEDDED } from './engines.ts'
import { world } from './world.ts'

describe('names of cities', () => {
  const w = world(EMBEDDED)

  test('by number, for who reads statistics', async (t) => {
    // As another process of the installation, which has a file with cities, writes them.
    const { database } = await openMetadata({ databaseUrl: null, dataDir: w.directory() })
    t.after(() => database.destroy())
    const cities = createCities({ database, log: silent })
    t.after(() => cities.stop())
    cities.note('2950159', 'Berlin')
    await cities.flush()
    const url = '/api/v1/cities?ids=2950159,1'
    assert.deepEqual(await w.api('GET', url), { status: 200, body: { cities: { 2950159: 'Berlin' } } })
    assert.equal((await w.running().app.inject({ url })).statusCode, 401)
    for (const asked of ['', '?ids=', '?ids=x', '?ids=1,', '?ids=0', '?ids=1e3', `?ids=${Array(301).fill('1').join(',')}`])
      assert.equal((await w.api('GET', `/api/v1/cities${asked}`)).status, 400, asked)
  })

  test('are kept as events come, where the file of places has them', async (t) => {
    const places = {
      '203.0.113.1': { country: 'DE', region: 'DE-BE', city: '2950159', cityName: 'Berlin' },
      '203.0.113.2': { country: 'DE', region: '', city: '2867714' },
    }
    const database = await freshDatabase(t)
    const cities = createCities({ database, log: silent })
    t.after(() => cities.stop())
    const { send } = await startCollector(t, {
      cities,
      sites: [site(1, 'a.example')],
      places: (address) => places[address as keyof typeof places] ?? { country: '', region: '', city: '' },
    })
    for (const address of [...Object.keys(places), '203.0.113.3']) {
      const { stored } = await send({ body: { n: 'pageview', u: 'https://a.example/' }, headers: { 'x-forwarded-for': address } })
      assert.equal(stored.length, 1)
    }
    assert.deepEqual(await cities.names([2950159, 2867714, 1]), { 2950159: 'Berlin' })
  })

  onEveryDatabase((kind) => {
    test('the latest holds, whoever wrote the first', async (t) => {
      const database = await freshDatabase(t, kind)
      const [one, other] = [createCities({ database, log: silent }), createCities({ database, log: silent })]
      t.after(() => Promise.all([one.stop(), other.stop()]))
      one.note('1', 'Constantinople')
      await one.flush()
      other.note('1', 'Istanbul')
      assert.deepEqual(await other.names([1]), { 1: 'Istanbul' })
      assert.deepEqual(await one.names([1, 2]), { 1: 'Istanbul' })
    })
  })
})
