import type { QueryBody } from '@footfall/contract/query.ts'
import { SITES } from '@footfall/simulator/sites.ts'
import { PANELS } from '../dashboard/app/utils/panels.ts'
import { listQuestion, seriesQuestion, totalsQuestion } from '../dashboard/app/utils/questions.ts'
import { readView } from '../dashboard/app/utils/view.ts'
import { dateOf } from '../server/src/lib/zone.ts'
import { parseQuery } from '../server/src/query/parse.ts'
import type { Query } from '../server/src/query/query.ts'

/** The simulated site that the benches of the dashboard ask about, and when. The hour is written out, so that every run asks about the same events. */
export const SCREEN = { site: 1, profile: SITES[0]!, days: 90, now: Date.UTC(2026, 0, 1) }
/** Rows of a list: nine, and one that tells whether there are more. */
const ROWS = 10

/** Every question of the dashboard's first screen, by its panel; `now` in milliseconds. */
export function screenQuestions(
  period: string,
  { domain, timezone, now }: { domain: string; timezone: string; now: number } = { ...SCREEN.profile, now: SCREEN.now },
): Record<string, QueryBody> {
  const site = { domain, timezone }
  const view = readView({ period })
  const today = dateOf(now / 1000, timezone).toString()
  return {
    totals: totalsQuestion(site, view, today),
    series: seriesQuestion(site, view, today, 'day'),
    ...Object.fromEntries(PANELS.map((panel) => [panel.key, listQuestion(site, view, today, panel.tabs[0], ROWS)])),
  }
}

/** The same as the server reads them, with every tab of every list. */
export function screenQueries(period: string): Record<string, Query> {
  const site = { id: SCREEN.site, domain: SCREEN.profile.domain, timezone: SCREEN.profile.timezone }
  const context = { site, goals: [], segments: [], now: SCREEN.now / 1000, firstAt: null, internal: true }
  const today = dateOf(SCREEN.now / 1000, site.timezone).toString()
  const view = readView({ period })
  const tabs = PANELS.flatMap((panel) => panel.tabs.map((tab) => [tab.key, listQuestion(site, view, today, tab, 10)] as const))
  const { totals, series } = screenQuestions(period)
  return Object.fromEntries(
    Object.entries({ totals, series, ...Object.fromEntries(tabs) }).map(([name, body]) => [name, parseQuery(body, context)]),
  )
}

export const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
export const rounded = (value: number): number => Number(value.toFixed(value < 10 ? 2 : 0))
