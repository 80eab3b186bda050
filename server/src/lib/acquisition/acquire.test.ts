import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { acquire, type Acquisition } from './acquire.ts'
import { channel } from './channel.ts'
import { clickIdOf } from './click-id.ts'

interface Case {
  id: string
  kind: 'channel' | 'request'
  given: {
    url?: string
    referrer?: string
    source?: string
    utm_source?: string
    utm_medium?: string
    utm_campaign?: string
    click_id_param?: string
  }
  expect: Partial<Acquisition> & { click_id_param?: string }
}
const cases: Case[] = JSON.parse(readFileSync(new URL('../../../test/fixtures/cases/acquisition.json', import.meta.url), 'utf8'))

/** What collect/parse.ts does with the address of a page, by means of the platform instead of its own fast reader. */
function arrive({ url = '', referrer }: Case['given']) {
  const { hostname, searchParams: query } = new URL(url)
  const tag = query.get('utm_source') ?? query.get('source') ?? query.get('ref')
  const [utm_medium, utm_campaign] = [query.get('utm_medium'), query.get('utm_campaign')]
  const clickId = clickIdOf((name) => query.has(name))
  const acquired = acquire({ referrer, hostname: hostname.replace(/^www\./, ''), tag, utm_medium, utm_campaign, clickId })
  return { ...acquired, click_id_param: clickId }
}

function answer({ kind, given }: Case): Record<string, string> {
  if (kind === 'request') return { ...arrive(given) }
  const { click_id_param: clickId, ...facts } = given
  return { channel: channel({ ...facts, ...(clickId ? { clickId } : {}) }) }
}

describe('the shared acquisition cases', () => {
  assert.ok(cases.length > 200)
  for (const item of cases) {
    test(item.id, () => {
      const got = answer(item)
      const wanted = item.expect as Record<string, string>
      assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((key) => [key, got[key]])), wanted)
    })
  }
})

test('a given source and channel are kept, blank ones too', () => {
  const given = acquire({ referrer: 'https://t.co/x', source: '', channel: 'Mine' })
  assert.deepEqual([given.source, given.channel], ['', 'Mine'])
})

test('a blank tag hides the referrer, a blank utm_source alone does not', () => {
  assert.equal(acquire({ referrer: 'https://t.co/x', tag: '' }).source, '')
  assert.equal(acquire({ referrer: 'https://t.co/x', utm_source: '' }).source, 'Twitter')
})

test('an invented suffix does not make a host a known brand', () => {
  assert.equal(acquire({ referrer: 'https://google.internal/' }).source, 'google.internal')
  assert.equal(acquire({ referrer: 'https://www.google.com.tr/' }).source, 'Google')
})

test('names of object properties are no sources', () => {
  for (const word of ['constructor', '__proto__', 'toString']) {
    assert.deepEqual({ ...acquire({ tag: word, clickId: word }), utm_source: '' }, { ...acquire({ source: word }), utm_source: '' })
  }
})
