import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Site } from '@footfall/contract/sites.ts'
import type { Event } from '../lib/event.ts'
import { UNMET } from './ingest-unmet.ts'
import { parseHit } from './parse.ts'
import { site, startCollector } from './testing.ts'

interface Case {
  id: string
  what: string
  request: { body?: unknown; raw?: string; headers?: Record<string, string> }
  site?: { domain?: string; shields?: Site['shields']; ingest_rate_limit?: number }
  remote_ip?: string
  expect: {
    status: number
    accepted: boolean
    drop_reason?: string
    event?: Record<string, unknown>
    session?: Record<string, unknown>
    request?: Record<string, unknown>
    errors?: Record<string, string>
    headers?: Record<string, string>
    sites?: string[]
  }
}
const cases: Case[] = JSON.parse(readFileSync(new URL('../../test/fixtures/cases/ingest.json', import.meta.url), 'utf8'))

/** A stored event in the words of the cases. */
function told(event: Event, hit: ReturnType<typeof parseHit>): Record<string, unknown> {
  return {
    ...event,
    ...event.attributes,
    props_count: Object.keys(event.props).length,
    engagement_time: event.engagement,
    scroll_depth: event.scroll,
    revenue_source: event.revenue,
    revenue_reporting: event.revenue,
    click_id_param: hit.query?.clickId ?? '',
    referrer_length: hit.referrer.length,
  }
}

const pick = (from: Record<string, unknown>, keys: object) => Object.fromEntries(Object.keys(keys).map((key) => [key, from[key]]))

describe('the shared ingest cases', () => {
  assert.ok(cases.length > 100)
  const sites: Site[] = []
  let collector: Awaited<ReturnType<typeof startCollector>>
  const ends: (() => Promise<void>)[] = []
  before(async () => {
    collector = await startCollector({ after: (end) => void ends.push(end) }, { sites })
  })
  after(async () => {
    for (const end of ends.toReversed()) await end()
  })

  async function check(item: Case): Promise<void> {
    const { domain = 's.example', ...more } = item.site ?? {}
    sites.splice(0, sites.length, site(1, domain, more), site(2, 't.example'))
    const body = item.request.raw ?? item.request.body
    const { response, stored } = await collector.send({
      body,
      headers: item.request.headers ?? {},
      ...(item.remote_ip ? { from: item.remote_ip } : {}),
    })
    const { expect } = item
    assert.equal(response.statusCode, expect.status, response.body)
    assert.equal(stored.length > 0, expect.accepted)
    if (expect.drop_reason) assert.equal(response.headers['x-footfall-dropped'], expect.drop_reason)
    assert.deepEqual(pick(response.headers, expect.headers ?? {}), expect.headers ?? {})
    if (expect.errors) assert.deepEqual(Object.keys(response.json<{ errors: object }>().errors), Object.keys(expect.errors))
    if (expect.sites)
      assert.deepEqual(
        stored.map((event) => sites.find(({ id }) => id === event.site)?.domain),
        expect.sites,
      )
    const wanted = { ...expect.event, ...expect.session, ...expect.request }
    if (Object.keys(wanted).length === 0) return
    const got = told(stored[0]!, parseHit(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), Date.now()))
    assert.deepEqual(pick(got, wanted), wanted)
  }

  for (const item of cases) {
    test(`${item.id}: ${item.what}`, async () => {
      const reason = UNMET[item.id]
      if (reason) await assert.rejects(check(item), assert.AssertionError, `passes now; take it out of ingest-unmet.ts: ${reason}`)
      else await check(item)
    })
  }
})
