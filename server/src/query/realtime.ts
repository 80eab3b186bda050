import type { Realtime } from '@footfall/contract/realtime.ts'
import type { ResultRow } from '@footfall/contract/query.ts'
import { zonedText } from '../lib/zone.ts'
import type { Answers } from './answers.ts'
import type { Watched } from './realtime-stream.ts'
import { readScope, scopeOf } from './scope.ts'

/** A filter on events that all of them meet: people who read on send pings only, and those are events, not visits. */
export const CURRENT_VISITORS = { metrics: ['visitors'], date_range: 'realtime', filters: [['is_not', 'event:name', ['']]] }

const ROWS = 10
const EVENTS = 20
const HALF_HOUR = { date_range: '30m', filters: [['is_not', 'event:name', ['engagement']]] }

const textOf = (row: ResultRow) => String(row.dimensions[0])
const numberOf = (row: ResultRow | undefined, metric = 0) => Number(row?.metrics[metric] ?? 0)

/** What happens on a site right now, as one answer of six questions. */
export async function realtime(answers: Answers, { site, reader }: Watched, signal: AbortSignal): Promise<Realtime> {
  const rows = async (body: Record<string, unknown>) =>
    (await answers.query({ site_id: site.domain, ...body }, reader, signal, true)).answer
  const top = async (dimension: string) => {
    const asked = { ...HALF_HOUR, metrics: ['visitors'], dimensions: [dimension], pagination: { limit: ROWS } }
    return (await rows(asked)).results.filter((row) => textOf(row) !== '')
  }
  const context = { ...(await answers.context(site, {}, reader)), internal: true }
  const scope = scopeOf('events', readScope(HALF_HOUR, context), context)

  const current = await rows(CURRENT_VISITORS)
  const byMinute = { ...HALF_HOUR, metrics: ['visitors', 'pageviews'], dimensions: ['time:minute'], include: { time_labels: true } }
  const minutes = await rows(byMinute)
  const pages = await top('event:page')
  const sources = await top('visit:source')
  const countries = await top('visit:country')
  const events = await answers.report('events', { ...scope, visit: null, order: 'newest first', limit: EVENTS }, signal)

  const found = new Map(minutes.results.map((row) => [textOf(row), row]))
  return {
    visitors: numberOf(current.results[0]),
    minutes: (minutes.meta.time_labels ?? []).map((time) => ({
      time,
      visitors: numberOf(found.get(time)),
      pageviews: numberOf(found.get(time), 1),
    })),
    pages: pages.map((row) => ({ page: textOf(row), visitors: numberOf(row) })),
    sources: sources.map((row) => ({ source: textOf(row), visitors: numberOf(row) })),
    countries: countries.map((row) => ({ country: textOf(row), visitors: numberOf(row) })),
    events: events.map(({ at, name, pathname: page, props, source, country, browser, device }) => ({
      time: zonedText(at, site.timezone),
      name,
      page,
      props,
      source,
      country,
      browser,
      device,
    })),
  }
}
