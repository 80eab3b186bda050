import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanDomain } from './domain.ts'
import { timezones } from './timezones.ts'

test('whatever is pasted becomes a domain', () => {
  const pasted = ['example.com', ' https://www.Example.com/a?b#c ', 'http://localhost:3000/', 'wwwhat.example']
  assert.deepEqual(pasted.map(cleanDomain), ['example.com', 'example.com', 'localhost:3000', 'wwwhat.example'])
})

test('zones go by the names people look for, and every one is known to Intl', () => {
  const zones = timezones()
  assert.equal(zones[0], 'Etc/UTC')
  assert.equal(new Set(zones).size, zones.length)
  assert.ok(zones.includes('Asia/Kathmandu') && zones.includes('Europe/Kyiv') && !zones.includes('Asia/Katmandu'))
  for (const timeZone of zones) assert.ok(Intl.DateTimeFormat('en', { timeZone }))
})
