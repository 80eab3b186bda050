import type { QueryBody, QueryResult, ResultRow } from '@footfall/contract/query.ts'
import { addDays, clockIn, daysIn, type Day } from '../app/utils/dates.ts'
import { bucketDays, type Interval } from '../app/utils/interval.ts'

/** Made-up answers in the shape of the Stats API, for looking at the dashboard without a server. Nothing here is a reference for numbers. */
const VALUES: Record<string, string[]> = {
  'event:page': [
    '/',
    '/pricing',
    '/docs/getting-started',
    '/blog/moving-from-one-analytics-product-to-another-without-losing-history',
    '/docs/api',
    '/blog',
    '/about',
    '/changelog',
    '/login',
    '/docs/self-hosting',
    '/careers',
    '/contact',
  ],
  'event:goal': ['Read the documentation', 'Signup', 'Purchase'],
  'visit:entry_page': [
    '/',
    '/blog/moving-from-one-analytics-product-to-another-without-losing-history',
    '/docs/getting-started',
    '/pricing',
    '/blog',
  ],
  'visit:exit_page': ['/', '/pricing', '/docs/api', '/contact', '/login'],
  'visit:source': ['Direct / None', 'Google', 'Hacker News', 'GitHub', 'Twitter', 'DuckDuckGo', 'newsletter', 'Reddit', 'Bing', 'LinkedIn'],
  'visit:channel': ['Organic Search', 'Direct', 'Referral', 'Organic Social', 'Email'],
  'visit:utm_campaign': [],
  'visit:utm_source': ['newsletter', 'ads'],
  'visit:utm_medium': ['email', 'cpc'],
  'visit:referrer': ['https://www.google.com', 'https://google.de', 'https://google.co.jp/search'],
  'visit:region': ['US-CA', 'DE-BE', 'DE-BY', 'GB-ENG', 'US-NY'],
  'visit:city': ['5391959', '2950159', '2867714'],
  'event:props:plan': ['free', 'pro', 'team'],
  'event:props:author': ['Ada', 'Grace'],
  'event:hostname': ['example.com', 'docs.example.com'],
  'visit:browser_version': ['142', '141', '140', '128'],
  'visit:os_version': ['11', '10', '26.1'],
  'visit:country': ['US', 'DE', 'GB', 'IN', 'FR', 'JP', 'BR', 'NL', 'CA', 'NP', 'ES'],
  'visit:language': ['en', 'de', 'fr', 'ja', 'pt'],
  'visit:browser': ['Chrome', 'Safari', 'Firefox', 'Microsoft Edge', 'Samsung Internet'],
  'visit:os': ['Windows', 'Mac', 'iOS', 'Android', 'GNU/Linux'],
  'visit:device': ['Desktop', 'Mobile', 'Tablet'],
}

/** A repeatable number between 0 and 1 for a text. */
function chance(text: string): number {
  let hash = 2166136261
  for (const sign of text) hash = Math.imul(hash ^ sign.charCodeAt(0), 16777619)
  return ((hash >>> 0) % 10_000) / 10_000
}

const TIMEZONE = 'Europe/Berlin'
const visitorsOn = (day: Day) => Math.round((420 + 300 * chance(day)) * ([0, 6].includes(new Date(day).getUTCDay()) ? 0.55 : 1))

function rangeOf(asked: QueryBody['date_range'], today: Day): { from: Day; to: Day } {
  if (Array.isArray(asked)) return { from: asked[0].slice(0, 10), to: asked[1].slice(0, 10) }
  if (asked === 'day') return { from: today, to: today }
  if (asked === '24h') return { from: addDays(today, -1), to: today }
  if (asked === '12mo') return { from: addDays(today, -365), to: addDays(today, -1) }
  if (asked === 'all') return { from: addDays(today, -700), to: today }
  return { from: addDays(today, -Number.parseInt(asked, 10)), to: addDays(today, -1) }
}

/** Metrics of so many visitors. */
function metricsFor(names: readonly string[], visitors: number, all: number): (number | null)[] {
  const values: Record<string, number | null> = {
    visitors,
    visits: Math.round(visitors * 1.18),
    pageviews: Math.round(visitors * 2.9),
    events: Math.round(visitors * 3.1),
    views_per_visit: 2.46,
    bounce_rate: 41,
    visit_duration: visitors === 0 ? null : 94 + (visitors % 40),
    percentage: all === 0 ? 0 : Math.round((visitors / all) * 1000) / 10,
  }
  return names.map((name) => values[name] ?? 0)
}

function timeRows(body: QueryBody, range: { from: Day; to: Day }, interval: Interval, share: number) {
  const labels: string[] = []
  const sizes: number[] = []
  if (interval === 'minute') {
    for (let minute = 0; minute < 180; minute += 1) {
      labels.push(`${range.from} ${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`)
      sizes.push(Math.round(6 * share * chance(`${range.from}${minute}`)))
    }
  } else if (interval === 'hour') {
    for (let day = range.from; day <= range.to; day = addDays(day, 1))
      for (let hour = 0; hour < 24; hour += 1) {
        labels.push(`${day} ${String(hour).padStart(2, '0')}:00:00`)
        sizes.push(
          Math.round((visitorsOn(day) / 14) * share * (0.15 + Math.sin((Math.PI * hour) / 24) ** 2) * (0.8 + 0.4 * chance(day + hour))),
        )
      }
  } else {
    for (let day = range.from; day <= range.to;) {
      const { to } = bucketDays(day, interval, range)
      labels.push(day)
      let size = 0
      for (let each = day; each <= to; each = addDays(each, 1)) size += Math.round(visitorsOn(each) * share)
      sizes.push(size)
      day = addDays(to, 1)
    }
  }
  const back = daysIn(range.from, range.to)
  const results: ResultRow[] = labels.map((label, index) => {
    const metrics = metricsFor(body.metrics, sizes[index] ?? 0, 0)
    if (!body.include?.comparisons) return { dimensions: [label], metrics }
    const size = Math.round((sizes[index] ?? 0) * (0.7 + 0.4 * chance(`before${label}`)))
    const before = [addDays(label.slice(0, 10), -back) + label.slice(10)]
    const change = metrics.map((value) => (size === 0 ? null : Math.round(((Number(value) - size) / size) * 100)))
    return { dimensions: [label], metrics, comparison: { dimensions: before, metrics: metricsFor(body.metrics, size, 0), change } }
  })
  return { results, meta: body.include?.time_labels ? { time_labels: labels } : {} }
}

/** The answer to a question. */
export function answer(body: QueryBody, now: Date): QueryResult {
  const today = clockIn(TIMEZONE, now).day
  const range = rangeOf(body.date_range, today)
  const share = (chance(body.site_id) + 0.4) / (1 + 2 * (body.filters?.length ?? 0))
  let all = 0
  for (let day = range.from; day <= range.to && daysIn(range.from, range.to) < 5000; day = addDays(day, 1))
    all += Math.round(visitorsOn(day) * share)
  const [dimension] = body.dimensions ?? []
  const query = {
    site_id: body.site_id,
    metrics: body.metrics,
    date_range: [`${range.from}T00:00:00+01:00`, `${range.to}T23:59:59+01:00`] as [string, string],
    dimensions: body.dimensions ?? [],
    filters: body.filters ?? [],
    order_by: body.order_by ?? [],
    include: body.include ?? {},
    pagination: { limit: body.pagination?.limit ?? 10_000, offset: 0 },
  }
  if (dimension?.startsWith('time')) return { ...timeRows(body, range, dimension.replace('time:', '') as Interval, share), query }
  if (dimension === undefined) {
    const comparison = body.include?.comparisons
      ? { comparison: { dimensions: [], metrics: [], change: body.metrics.map((name) => Math.round(chance(name + range.from) * 50 - 18)) } }
      : {}
    return { results: [{ dimensions: [], metrics: metricsFor(body.metrics, all, all), ...comparison }], meta: {}, query }
  }
  const values = (VALUES[dimension] ?? []).map((value, index) => ({
    value,
    size: Math.round((all * 0.42 * (0.8 + 0.4 * chance(value))) / (index + 1) ** 1.1),
  }))
  const results = values
    .toSorted((a, b) => b.size - a.size)
    .slice(0, query.pagination.limit)
    .map(({ value, size }) => ({ dimensions: [value], metrics: metricsFor(body.metrics, size, all) }))
  return { results, meta: {}, query }
}
