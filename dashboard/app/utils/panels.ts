import type { Metric } from '@footfall/contract/names.ts'
import type { TextKey } from '../i18n/areas.ts'
import type { NumberFormat } from './numbers.ts'

/** One list of a panel: a dimension with what is counted for each of its values, the first being what the bars show. */
export interface Tab {
  key: string
  text: TextKey<'site'>
  dimension: string
  metrics: readonly [Metric, ...Metric[]]
  /** Heading of the column of values. */
  heading: TextKey<'site'>
  /** Lists of one group stand behind one tab, with a choice between them. */
  group?: TextKey<'site'>
  /** What this list shows once one of its own values is filtered by: the versions of a browser. */
  within?: { dimension: string; heading: TextKey<'site'> }
  /** Tab that a click on a row leads to: from a country to its regions. */
  next?: string
  /** Value that is left out: what stands for events without a property. */
  without?: string
  /** Shown as a map of the world. */
  map?: true
}
export interface Panel {
  key: string
  title: TextKey<'site'>
  tabs: readonly [Tab, ...Tab[]]
}

export interface Column {
  text: TextKey<'site'>
  format: NumberFormat
}

const COLUMNS = {
  visitors: { text: 'visitors', format: 'count' },
  visits: { text: 'visits', format: 'count' },
  pageviews: { text: 'views', format: 'count' },
  percentage: { text: 'share', format: 'percent' },
  events: { text: 'conversions', format: 'count' },
  conversion_rate: { text: 'rate', format: 'percent' },
  bounce_rate: { text: 'bounceRate', format: 'percent' },
  visit_duration: { text: 'duration', format: 'duration' },
} as const satisfies Partial<Record<Metric, Column>>

/** How a list shows what it counts. */
export const columnOf = (metric: Metric): Column => (metric in COLUMNS ? COLUMNS[metric as keyof typeof COLUMNS] : COLUMNS.visitors)

type Text = TextKey<'site'>
const byVisitors = (key: string, text: Text, dimension: string, heading: Text, more: Partial<Tab> = {}): Tab => ({
  key,
  text,
  dimension,
  heading,
  metrics: ['visitors', 'percentage'],
  ...more,
})
const CAMPAIGNS = { group: 'campaigns' } as const

export const PANELS: readonly Panel[] = [
  {
    key: 'sources',
    title: 'sources',
    tabs: [
      byVisitors('sources', 'sources', 'visit:source', 'source', { within: { dimension: 'visit:referrer', heading: 'referrer' } }),
      byVisitors('channels', 'channels', 'visit:channel', 'channel', { next: 'sources' }),
      byVisitors('campaigns', 'campaign', 'visit:utm_campaign', 'campaign', CAMPAIGNS),
      byVisitors('utm-source', 'utmSource', 'visit:utm_source', 'utmSource', CAMPAIGNS),
      byVisitors('utm-medium', 'utmMedium', 'visit:utm_medium', 'utmMedium', CAMPAIGNS),
      byVisitors('utm-content', 'utmContent', 'visit:utm_content', 'utmContent', CAMPAIGNS),
      byVisitors('utm-term', 'utmTerm', 'visit:utm_term', 'utmTerm', CAMPAIGNS),
    ],
  },
  {
    key: 'pages',
    title: 'pages',
    tabs: [
      byVisitors('pages', 'topPages', 'event:page', 'page', { metrics: ['visitors', 'pageviews'] }),
      byVisitors('titles', 'titles', 'event:page_title', 'pageTitle', { metrics: ['visitors', 'pageviews'] }),
      byVisitors('entry', 'entry', 'visit:entry_page', 'entryPage', { metrics: ['visitors', 'visits'] }),
      byVisitors('exit', 'exit', 'visit:exit_page', 'exitPage', { metrics: ['visitors', 'visits'] }),
      byVisitors('hostnames', 'hostnames', 'event:hostname', 'hostname', { metrics: ['visitors', 'pageviews'] }),
    ],
  },
  {
    key: 'locations',
    title: 'locations',
    tabs: [
      byVisitors('countries', 'countries', 'visit:country', 'country', { next: 'regions' }),
      byVisitors('regions', 'regions', 'visit:region', 'region', { next: 'cities' }),
      byVisitors('cities', 'cities', 'visit:city', 'city'),
      byVisitors('languages', 'languages', 'visit:language', 'language'),
      byVisitors('map', 'map', 'visit:country', 'country', { next: 'regions', map: true }),
    ],
  },
  {
    key: 'devices',
    title: 'devices',
    tabs: [
      byVisitors('browsers', 'browsers', 'visit:browser', 'browser', {
        within: { dimension: 'visit:browser_version', heading: 'browserVersion' },
      }),
      byVisitors('systems', 'systems', 'visit:os', 'system', { within: { dimension: 'visit:os_version', heading: 'systemVersion' } }),
      byVisitors('devices', 'devices', 'visit:device', 'device'),
      byVisitors('screens', 'screens', 'visit:screen', 'screen'),
    ],
  },
]

/** The list that drilling down into a date opens: how often each page was viewed on it. */
export const PAGES_ON_DATE: Tab = {
  key: 'on-date',
  text: 'pages',
  dimension: 'event:page',
  heading: 'page',
  metrics: ['pageviews', 'visitors'],
}

/** Goals: who reached each, how often, and how many of all visitors that is. */
export const GOALS: Tab = {
  key: 'goals',
  text: 'goals',
  dimension: 'event:goal',
  heading: 'goal',
  metrics: ['visitors', 'events', 'conversion_rate'],
}
