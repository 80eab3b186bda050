import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { open, type CountryResponse } from 'maxmind'
import { address, COUNTRIES, language } from './places.ts'
import { createRandom } from './random.ts'

test('addresses lie in their country by the database that ships', async () => {
  // The server owns the database; here it is only read.
  const require = createRequire(new URL('../../server/package.json', import.meta.url))
  const database = await open<CountryResponse & { country_code?: string }>(
    require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
  )
  const random = createRandom(1)
  for (const country of COUNTRIES) {
    for (let draw = 0; draw < 200; draw++) {
      const ip = address(country, random)
      assert.equal(database.get(ip)?.country_code, country, ip)
    }
  }
})

test('languages are two-letter codes', () => {
  const random = createRandom(2)
  for (const country of COUNTRIES) assert.match(language(country, random), /^[a-z]{2}$/)
})
