import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { hash64, keyedHash64 } from '../../lib/hash.ts'
import { NO_ATTRIBUTES } from '../test-support.ts'
import { lineReader } from './parse.ts'

const KEY = Buffer.from('a secret of this installation')
const read = lineReader(7, KEY, () => Date.parse('2026-06-17T12:00:00Z'))
const line = (given: object) => read(JSON.stringify({ timestamp: '2026-06-17T10:00:00Z', visitor: 'ann', pathname: '/', ...given }))
const errors = (parsed: ReturnType<typeof read>) => ('errors' in parsed ? parsed.errors : [])
const attributes = (given: object) => {
  const parsed = line(given)
  assert.ok('event' in parsed, JSON.stringify(parsed))
  return Object.fromEntries(Object.entries(parsed.event.attributes).filter(([, value]) => value !== ''))
}

describe('a line of an import', () => {
  it('becomes an event with nothing but what is required', () => {
    assert.deepEqual(line({}), {
      event: {
        site: 7,
        at: Date.parse('2026-06-17T10:00:00Z') / 1000,
        id: '0',
        visitor: keyedHash64(KEY, '7 ann'),
        name: 'pageview',
        hostname: '',
        pathname: '/',
        attributes: { ...NO_ATTRIBUTES, channel: 'Direct' },
        props: {},
        revenue: null,
        engagement: 0,
        scroll: 0,
        interactive: true,
      },
    })
  })

  it('keeps everything it can hold', () => {
    const given = {
      source: 'Twitter',
      channel: 'Organic Social',
      utm_source: 's',
      utm_medium: 'm',
      utm_campaign: 'c',
      utm_content: 'o',
      utm_term: 't',
    }
    const place = {
      country: 'DE',
      region: 'DE-BE',
      language: 'de',
      browser: 'Chrome',
      browser_version: '140',
      os: 'Mac',
      os_version: '15',
      device: 'Desktop',
      screen: 'Laptop',
    }
    const parsed = line({
      ...given,
      ...place,
      city: 2950159,
      referrer: 'https://t.co/x',
      id: 'one',
      name: 'Purchase',
      props: { a: 1, b: 'x' },
      revenue: { amount: 10.5, currency: 'eur' },
      interactive: false,
      hostname: 'example.com',
      title: 'Thank you',
    })
    assert.ok('event' in parsed)
    assert.equal(parsed.event.title, 'Thank you')
    const { attributes, id, name, props, revenue, interactive, hostname } = parsed.event
    assert.deepEqual(attributes, { ...given, ...place, city: '2950159', referrer: 'https://t.co/x' })
    assert.deepEqual(
      { id, name, props, revenue, interactive, hostname },
      {
        id: hash64('one'),
        name: 'Purchase',
        props: { a: '1', b: 'x' },
        revenue: { amount: '10.5', currency: 'EUR' },
        interactive: false,
        hostname: 'example.com',
      },
    )
  })

  it('derives source and channel where they are missing, and keeps those given, blank ones too', () => {
    assert.deepEqual(attributes({ referrer: 'https://www.google.com/search?q=x' }), {
      referrer: 'https://www.google.com/search?q=x',
      source: 'Google',
      channel: 'Organic Search',
    })
    assert.deepEqual(attributes({ referrer: 'https://www.google.com/', source: '', channel: '' }), { referrer: 'https://www.google.com/' })
    assert.deepEqual(attributes({ source: 'Google' }), { source: 'Google', channel: 'Organic Search' })
    assert.deepEqual(attributes({ source: null, utm_source: 'newsletter', utm_medium: 'email' }), {
      source: 'newsletter',
      utm_source: 'newsletter',
      utm_medium: 'email',
      channel: 'Email',
    })
  })

  it('knows depth and time of engagement pings only', () => {
    const ping = (given: object) => {
      const parsed = line({ engagement_ms: 1200, scroll_depth: 40, ...given })
      return 'event' in parsed ? [parsed.event.engagement, parsed.event.scroll] : parsed.errors
    }
    assert.deepEqual(ping({ name: 'engagement' }), [1200, 40])
    assert.deepEqual(ping({ name: 'engagement', scroll_depth: undefined, engagement_ms: undefined }), [0, 255])
    assert.deepEqual(ping({ name: 'pageview' }), [0, 0])
  })

  const REFUSED: [what: string, given: object | string, errors: string[]][] = [
    ['no JSON', '{"timestamp":', ['is not valid JSON']],
    ['no object', '[1]', ['an event must be a JSON object']],
    ['nothing that is required', '{}', ['timestamp is required', 'visitor is required', 'pathname is required']],
    ['an unknown field', { user_id: 5 }, ['user_id is not a field of an event']],
    [
      'a time without offset',
      { timestamp: '2026-06-17T10:00:00' },
      ['timestamp must be ISO 8601 with an offset, like 2026-01-31T08:00:00Z'],
    ],
    [
      'a day that does not exist',
      { timestamp: '2026-02-30T10:00:00Z' },
      ['timestamp must be ISO 8601 with an offset, like 2026-01-31T08:00:00Z'],
    ],
    ['the day after tomorrow', { timestamp: '2026-06-19T10:00:00Z' }, ['timestamp must not be more than a day in the future']],
    ['a time before the Web', { timestamp: '1970-01-01T00:00:00Z' }, ['timestamp must not be before 1990']],
    [
      'wrong types',
      { city: 'Berlin', source: 5, props: 'x', visitor: '' },
      [
        'visitor must be text of 1 to 256 characters',
        'source must be text',
        'city must be the GeoNames id of a city, a whole number',
        'props must be an object',
      ],
    ],
    [
      'money that is none',
      { revenue: { amount: 'much', currency: 'EUR' } },
      ['revenue must have an amount like "10.00" and a currency of ISO 4217'],
    ],
    ['a NUL byte', { pathname: '/a\0b' }, ['must not contain NUL bytes or broken Unicode']],
    ['half a surrogate pair', { props: { ['\ud800']: 'x' } }, ['must not contain NUL bytes or broken Unicode']],
  ]
  for (const [what, given, expected] of REFUSED) {
    it(`is refused with ${what}`, () =>
      assert.deepEqual(errors(typeof given === 'string' ? read(given) : line(given)).toSorted(), expected.toSorted()))
  }

  it('is read or refused with reasons, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((given) => JSON.stringify({ timestamp: '2026-06-17T10:00:00Z', visitor: 'a', pathname: '/', ...given })),
        ),
        (text) => {
          const parsed = read(text)
          assert.ok('event' in parsed || parsed.errors.length > 0)
        },
      ),
    )
  })
})
