import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EMBEDDED } from './engines.ts'
import { world } from './world.ts'

describe('names of regions', () => {
  const w = world(EMBEDDED)
  const get = (url: string) => w.running().app.inject({ url })

  test('by code, of the countries that are asked for, without a key', async () => {
    const answer = await get('/api/v1/regions?countries=DE,LU,DE')
    assert.equal(answer.statusCode, 200)
    const { regions } = answer.json<{ regions: Record<string, string> }>()
    assert.equal(regions['DE-BE'], 'Berlin')
    assert.equal(regions['DE-BY'], 'Bayern')
    assert.equal(regions['LU-LU'], 'Luxembourg')
    assert.equal(Object.keys(regions).filter((code) => code.startsWith('DE-')).length, 16)
    assert.deepEqual(
      Object.keys(regions).filter((code) => !/^(DE|LU)-/.test(code)),
      [],
    )
    assert.equal(answer.headers['cache-control'], 'public, max-age=86400')
  })

  test('a country that there is not has none; anything else is refused', async () => {
    assert.deepEqual((await get('/api/v1/regions?countries=QQ')).json(), { regions: {} })
    for (const asked of ['', '?countries=', '?countries=de', '?countries=DE,', `?countries=${Array(301).fill('DE').join(',')}`])
      assert.equal((await get(`/api/v1/regions${asked}`)).statusCode, 400, asked)
  })
})
