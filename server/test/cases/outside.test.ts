import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { QueryResult } from '@footfall/contract/query.ts'
import { parseQuery } from '../../src/query/parse.ts'
import { onEveryEngine } from '../engines.ts'
import { world } from '../world.ts'
import { type CaseEvent, type QueryCase, goalsOf, queryCases, secondsOf } from './cases.ts'
import { compareAnswer } from './compare.ts'
import { UNMET } from './unmet.ts'

const unmet = new Set(UNMET.map(({ id }) => id))

/** Cases that somebody without access to our insides can put: history through the import, goals and questions through the API. */
const fromOutside = ({ id, legacy, api, site, expect, events }: QueryCase) =>
  !unmet.has(id) &&
  !legacy &&
  api !== 'internal' &&
  events.length > 0 &&
  !expect.error &&
  !expect.parsed &&
  !site.segments &&
  !site.stats_start_date

/** An event of a case as a line of an import. */
function lineOf(event: CaseEvent, position: number): Record<string, unknown> {
  const {
    t,
    user,
    name,
    pathname,
    hostname = `host-${position}.test`,
    referrer_source: source = '',
    utm = {},
    engagement_time: engagement,
  } = event
  const tags = Object.fromEntries(Object.entries(utm).map(([key, value]) => [`utm_${key}`, value]))
  const same = [
    'referrer',
    'click_id_param',
    'browser',
    'browser_version',
    'os',
    'os_version',
    'device',
    'country',
    'region',
    'props',
    'interactive',
    'revenue',
  ]
  const copied = Object.fromEntries(
    same.filter((key) => event[key as keyof CaseEvent] !== undefined).map((key) => [key, event[key as keyof CaseEvent]]),
  )
  return {
    ...copied,
    ...tags,
    timestamp: t,
    visitor: user,
    name,
    pathname,
    hostname,
    source,
    ...(event.city !== undefined && { city: Number(event.city) }),
    ...(engagement !== undefined && { engagement_ms: engagement }),
    ...(event.scroll_depth !== undefined && { scroll_depth: event.scroll_depth }),
  }
}

onEveryEngine('shared query cases, from the outside', (engine) => {
  const w = world(engine)
  for (const { file, cases } of queryCases()) {
    for (const each of cases.filter(fromOutside)) {
      it(`${file} ${each.id}: ${each.what}`, async () => {
        w.now = Date.parse(each.now)
        const { timezone } = each.site
        const site = await w.site({ timezone })
        for (const { id: _id, ...goal } of goalsOf(each.site)) {
          const made = await w.api('PUT', '/api/v1/sites/goals', { site_id: site.domain, ...goal })
          assert.ok(made.status < 300, JSON.stringify(made.body))
        }
        const imported = await site.import(each.events.map(lineOf))
        assert.equal(imported['rejected_total'], 0, JSON.stringify(imported['rejected']))
        const { status, body } = await w.api('POST', '/api/v2/query', { ...each.query, site_id: site.domain })
        assert.equal(status, 200, JSON.stringify(body))
        const now = secondsOf(each.now)
        const first = Math.min(...each.events.map(({ t }) => secondsOf(t)))
        const context = {
          site: { id: 1, domain: site.domain, timezone },
          goals: goalsOf(each.site),
          segments: [],
          now,
          firstAt: first,
          internal: false,
        }
        // The echo names the site as the case does.
        const { query: _echo, ...expect } = each.expect
        compareAnswer(body as QueryResult, parseQuery({ ...each.query, site_id: site.domain }, context), expect)
      })
    }
  }
})
