import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../errors.ts'
import { parseHit } from './parse.ts'

const NOW = Date.parse('2026-06-18T12:00:00Z')
const HOUR = 3_600_000
const parse = (more: object) => parseHit(Buffer.from(JSON.stringify({ n: 'pageview', u: 'https://example.com/', ...more })), NOW)

/** Fields that a body is refused for. */
function refused(body: object | string | Buffer): string[] {
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === 'string' ? body : JSON.stringify({ n: 'pageview', u: 'https://example.com/', ...body }))
  try {
    parseHit(bytes, NOW)
  } catch (error) {
    if (error instanceof AppError) return Object.keys(error.errors ?? {})
    throw error
  }
  return []
}

test('a wrong clock of the client does no harm: only the difference of its times counts', () => {
  const wrong = Date.parse('1999-01-01T00:00:00Z')
  assert.equal(parse({}).at, NOW)
  assert.equal(parse({ t: wrong, s: wrong + 2 * HOUR }).at, NOW - 2 * HOUR)
  assert.equal(parse({ t: wrong + HOUR, s: wrong }).at, NOW, 'nothing happens after it was sent')
  assert.equal(parse({ t: NOW - HOUR }).at, NOW - HOUR, 'a time alone is believed')
  assert.equal(parse({ t: NOW + HOUR }).at, NOW, 'unless it is to come')
  assert.equal(parse({ s: wrong }).at, NOW)
})

test('every wrong field is named', () => {
  assert.deepEqual(refused({ n: true, u: 'https://', d: 7, t: 'now', id: 'x'.repeat(65), p: { k: 'x'.repeat(2001) } }), [
    'event_name',
    'url',
    'domain',
    'props',
    'id',
    't',
  ])
  assert.deepEqual(refused({ t: 1, s: 'x' }), ['s'])
  assert.deepEqual(refused('{"n":"pageview","u":"https://example.com/","t":1e999}'), ['t'])
  assert.deepEqual(refused({ d: Array.from({ length: 21 }, (_, n) => `s${n}.example`).join() }), ['domain'])
  for (const broken of ['', 'null', '[]', '7', '{', '{"n":"pageview"', Buffer.from([0x7b, 0xff, 0x7d])])
    assert.deepEqual(refused(broken), ['request'])
})

test('NUL bytes are refused wherever they would be stored', () => {
  assert.deepEqual(refused({ n: 'a\0' }), ['event_name'])
  assert.deepEqual(refused({ d: 's.example\0' }), ['domain'])
  assert.deepEqual(refused({ id: '\0' }), ['id'])
  assert.deepEqual(refused({ p: { 'k\0': 'v' } }), ['props'])
  assert.deepEqual(refused({ p: { k: 'v\0' } }), ['props'])
  assert.deepEqual(refused({ u: 'https://example.com/%00' }), ['url'])
  assert.deepEqual(refused({ u: 'https://example.com/?utm_source=%00' }), ['url'])
  assert.deepEqual(refused({ h: 1, u: 'https://example.com/#%00' }), ['url'])
})

test('half surrogates become the sign for what cannot be read', () => {
  const hit = parse({ n: 'a\ud800', p: { k: '\udfffb' }, u: 'https://example.com/\ud800' })
  assert.deepEqual([hit.name, hit.props, hit.pathname], ['a\ufffd', { k: '\ufffdb' }, '/\ufffd'])
})

test('pages are kept as people read them', () => {
  const page = (u: string, h?: unknown) => {
    const { hostname, pathname } = parse({ u, h })
    return [hostname, pathname]
  }
  assert.deepEqual(page('https://WWW.Example.com:8443/%C3%BCber%20uns?x=1#y'), ['example.com', '/über uns'])
  assert.deepEqual(page('https://example.com/%E0%A4'), ['example.com', '/%E0%A4'])
  assert.deepEqual(page('https://example.com/#/über', true), ['example.com', '/#/über'])
  assert.deepEqual(page('/only/a/path?x=1'), ['(none)', '/only/a/path'])
  assert.deepEqual(page('file:///home/me/page.html'), ['(none)', '/home/me/page.html'])
  assert.deepEqual(refused({ u: 'not a url' }), ['url'])
  assert.deepEqual(refused({ u: 'DATA:text/html,x' }), ['url'])
})
