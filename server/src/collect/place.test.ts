import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { openPlaces, readPlace } from './place.ts'
import { eventually, silent } from './testing.ts'

const shipped = (name: string) => fileURLToPath(import.meta.resolve(`@ip-location-db/geo-whois-asn-country-mmdb/${name}.mmdb`))
const ADDRESSES = ['81.2.69.160', '2a00:1450::1']

test('records of every kind of file, and of none', () => {
  const berlin = { country: { iso_code: 'DE' }, subdivisions: [{ iso_code: 'BE' }], city: { geoname_id: 2950159 } }
  assert.deepEqual(readPlace(berlin), { country: 'DE', region: 'DE-BE', city: '2950159' })
  assert.deepEqual(readPlace({ country_code: 'FR' }), { country: 'FR', region: '', city: '' })
  const nowhere = { country: '', region: '', city: '' }
  for (const odd of [
    null,
    {},
    { country_code: 'ZZ' },
    { country_code: 'de' },
    { country_code: 7 },
    { country: {} },
    { city: { geoname_id: 1 } },
  ]) {
    assert.deepEqual(readPlace(odd), nowhere, JSON.stringify(odd))
  }
  const named = { country: { iso_code: 'DE' }, city: { geoname_id: 2950159, names: { de: 'Berlin!', en: 'Berlin' } } }
  assert.deepEqual(readPlace(named), { country: 'DE', region: '', city: '2950159', cityName: 'Berlin' })
  assert.equal(readPlace({ ...named, city: { geoname_id: 1, names: { en: 'x'.repeat(300) } } }).cityName?.length, 200)
  for (const city of [{ geoname_id: 1, names: { en: 7 } }, { names: { en: 'Nowhere' } }])
    assert.equal(readPlace({ ...named, city }).cityName, undefined)
  assert.deepEqual(readPlace({ country_code: 'DE', subdivisions: [{}], city: { geoname_id: 'x' } }), {
    country: 'DE',
    region: '',
    city: '',
  })
})

test('a file that is replaced is used at once; one that is broken leaves the old one in use', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'footfall-places-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'places.mmdb')
  copyFileSync(shipped('geo-whois-asn-country-ipv4'), path)
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  const places = await openPlaces(path, log, 10)
  t.after(() => places.stop())
  const countries = () => ADDRESSES.map((address) => places.find(address).country)
  assert.deepEqual(countries(), ['GB', ''], 'the first file knows IPv4 alone')

  writeFileSync(path, 'half of a file')
  await eventually(() => warnings.length > 0)
  assert.deepEqual(countries(), ['GB', ''])
  // As geoipupdate and careful people do it.
  copyFileSync(shipped('geo-whois-asn-country'), `${path}.new`)
  renameSync(`${path}.new`, path)
  await eventually(() => places.find(ADDRESSES[1]!).country !== '')
  assert.deepEqual(countries(), ['GB', 'IE'])
  rmSync(path)
  assert.deepEqual(countries(), ['GB', 'IE'])
})

test('what is no file of MaxMind stops the start in words', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'footfall-places-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'places.mmdb')
  await assert.rejects(openPlaces(path, silent), { name: 'StartError', message: /^GEOIP_DB: .*places\.mmdb cannot be read/ })
  writeFileSync(path, 'text')
  await assert.rejects(openPlaces(path, silent), { name: 'StartError', message: /^GEOIP_DB: / })
})
