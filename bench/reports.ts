import type { QueryBody } from '@footfall/contract/query.ts'
import { ROUTES } from '@footfall/contract/routes.ts'

/** A report of the API: a POST with a body, or a GET without one. */
export interface Report {
  url: string
  body?: object
}

/** Site and dates, as texts; both ends included. `day` is one of them that is over. */
export interface Span {
  domain: string
  range: [string, string]
  day: [string, string]
}

const GOALS = ['Visit pricing', 'Signup', 'Subscription']
const VISIT_LISTS = [
  'source',
  'channel',
  'referrer',
  'utm_source',
  'country',
  'region',
  'city',
  'browser',
  'os',
  'device',
  'screen',
  'language',
]
const PAGE_LISTS = ['visit:entry_page', 'visit:exit_page', 'event:page', 'event:hostname', 'event:name']
const HERE = ['is', 'visit:country', ['DE']]

/** Every report of the API over one range of dates; one that looks at single days says so in its name. */
export function reportsOf({ domain, range, day }: Span): Record<string, Report> {
  const query = (body: Omit<QueryBody, 'site_id' | 'date_range'> & { date_range?: QueryBody['date_range'] }): Report => ({
    url: ROUTES.query,
    body: { site_id: domain, date_range: range, ...body },
  })
  const about = (url: string, body: object): Report => ({ url, body: { site_id: domain, date_range: range, ...body } })
  const visitors = (dimension: string) => query({ metrics: ['visitors'], dimensions: [dimension], pagination: { limit: 10 } })
  const filtered = (filters: unknown[]) => query({ metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate'], filters })
  const exported = (format: string): Report => ({
    url: `${ROUTES.export.replace(':site', domain)}?format=${format}&date_range=${day.join(',')}`,
  })
  const old = (url: string, asked: Record<string, string>): Report => ({
    url: `${url}?${new URLSearchParams({ site_id: domain, period: 'custom', date: range.join(','), ...asked }).toString()}`,
  })
  return {
    aggregate: query({ metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration'] }),
    'aggregate, with the period before': query({
      metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate'],
      include: { comparisons: { mode: 'previous_period' } },
    }),
    // Visitors of a day are those whose visits ended in it; beside pageviews they would be those with an event in it.
    'series by minute, one day': query({ metrics: ['visitors', 'pageviews'], dimensions: ['time:minute'], date_range: day }),
    ...Object.fromEntries(
      ['hour', 'day', 'week', 'month'].map((bucket) => [
        `series by ${bucket}`,
        query({ metrics: ['visitors'], dimensions: [`time:${bucket}`] }),
      ]),
    ),
    ...Object.fromEntries(VISIT_LISTS.map((name) => [`by ${name}`, visitors(`visit:${name}`)])),
    ...Object.fromEntries(PAGE_LISTS.map((name) => [`by ${name}`, visitors(name)])),
    'by page, engagement': query({
      metrics: ['visitors', 'pageviews', 'bounce_rate', 'time_on_page', 'scroll_depth'],
      dimensions: ['event:page'],
      pagination: { limit: 10 },
    }),
    'by page and country': query({ metrics: ['visitors'], dimensions: ['event:page', 'visit:country'], pagination: { limit: 100 } }),
    'by day and source': query({ metrics: ['visitors'], dimensions: ['time:day', 'visit:source'], pagination: { limit: 1000 } }),
    'a property': visitors('event:props:plan'),
    'is a country': filtered([HERE]),
    'is a page': filtered([['is', 'event:page', ['/pricing']]]),
    'page contains, any case': filtered([['contains', 'event:page', ['BLOG'], { case_sensitive: false }]]),
    'page matches': filtered([['matches', 'event:page', ['^/(blog|docs)/.+']]]),
    'and, or, not': filtered([
      [
        'or',
        [
          ['and', [HERE, ['is', 'visit:device', ['Mobile']]]],
          ['not', ['is', 'visit:browser', ['Chrome']]],
        ],
      ],
    ]),
    'has done': filtered([['has_done', ['is', 'event:page', ['/pricing']]]]),
    'has not done': filtered([['has_not_done', ['is', 'event:page', ['/pricing']]]]),
    goals: query({ metrics: ['visitors', 'events', 'conversion_rate'], dimensions: ['event:goal'] }),
    revenue: query({ metrics: ['total_revenue', 'average_revenue'], filters: [['is', 'event:goal', ['Subscription']]] }),
    funnel: about(ROUTES.funnel, { steps: GOALS }),
    'funnel by source': about(ROUTES.funnel, { steps: GOALS, dimension: 'visit:source' }),
    ...Object.fromEntries(['day', 'week', 'month'].map((period) => [`retention by ${period}`, about(ROUTES.retention, { period })])),
    'journeys from the first page': about(ROUTES.journeys, { steps: 3 }),
    'journeys to pricing': about(ROUTES.journeys, { page: '/pricing', direction: 'previous', steps: 3 }),
    visits: about(ROUTES.visits, { pagination: { limit: 100 } }),
    'visits of a country': about(ROUTES.visits, { filters: [HERE], pagination: { limit: 100 } }),
    'v1 aggregate': old(ROUTES.aggregate, { metrics: 'visitors,pageviews' }),
    'v1 timeseries': old(ROUTES.timeseries, { metrics: 'visitors' }),
    'v1 breakdown': old(ROUTES.breakdown, { property: 'visit:source' }),
    realtime: { url: `${ROUTES.realtime}?site_id=${domain}` },
    ...Object.fromEntries(['ndjson', 'csv', 'parquet'].map((format) => [`export of a day, ${format}`, exported(format)])),
  }
}
