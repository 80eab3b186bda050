import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Site } from '@footfall/contract/sites.ts'
import { countries, entriesOf, shieldsForm, shieldsPatch } from './shields.ts'

const site: Site = {
  id: 1,
  domain: 'a.example',
  timezone: 'Etc/UTC',
  tracker: {},
  shields: { ip: ['10.0.0.0/8', '::1'], country: ['DE'] },
  ingest_rate_limit: null,
  respect_dnt: true,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '2026-01-01T00:00:00Z',
}

test('pasted lists become entries, each once', () => {
  assert.deepEqual(entriesOf(' 10.0.0.1\r\n\n10.0.0.2, 10.0.0.1 '), ['10.0.0.1', '10.0.0.2'])
  assert.deepEqual(entriesOf(' \n,'), [])
})

test('a form that nobody touched changes nothing', () => {
  const { shields, respect_dnt, drop_data_centers } = site
  assert.deepEqual(shieldsPatch(shieldsForm(site)), { shields, respect_dnt, drop_data_centers })
})

test('a list that was emptied is gone', () => {
  assert.deepEqual(shieldsPatch({ ...shieldsForm(site), ip: ' \n', country: [], hostname: 'a.example' }).shields, {
    hostname: ['a.example'],
  })
})

test('countries are those of today, by name', () => {
  const all = countries()
  const codes = new Set(all.map(({ value }) => value))
  assert.ok(all.length > 240 && all.length < 265, `${all.length} countries`)
  for (const code of ['DE', 'NP', 'TL', 'GB']) assert.ok(codes.has(code), code)
  for (const code of ['EU', 'UK', 'SU', 'DD', 'ZZ']) assert.ok(!codes.has(code), code)
  assert.equal(all[0]?.label, 'Afghanistan')
})
