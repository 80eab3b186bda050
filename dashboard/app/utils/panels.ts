import type { Metric } from '@footfall/contract/names.ts'
import type { NumberFormat } from './numbers.ts'

/** One list of a panel: a dimension with what is counted for each of its values, the first being what the bars show. */
export interface Tab {
  key: string
  label: string
  dimension: string
  metrics: readonly [Metric, ...Metric[]]
  /** Heading of the column of values. */
  heading: string
}
export interface Panel {
  key: string
  title: string
  tabs: readonly [Tab, ...Tab[]]
}

export interface Column {
  label: string
  format: NumberFormat
}

const COLUMNS: Partial<Record<Metric, Column>> = {
  visitors: { label: 'Visitors', format: 'count' },
  visits: { label: 'Visits', format: 'count' },
  pageviews: { label: 'Views', format: 'count' },
  percentage: { label: 'Share', format: 'percent' },
  events: { label: 'Conversions', format: 'count' },
  conversion_rate: { label: 'Rate', format: 'percent' },
  bounce_rate: { label: 'Bounce rate', format: 'percent' },
  visit_duration: { label: 'Duration', format: 'duration' },
}

/** How a list shows what it counts. */
export const columnOf = (metric: Metric): Column => COLUMNS[metric] ?? { label: metric, format: 'count' }

const byVisitors = (key: string, label: string, dimension: string, heading: string): Tab => ({
  key,
  label,
  dimension,
  heading,
  metrics: ['visitors', 'percentage'],
})

export const PANELS: readonly Panel[] = [
  {
    key: 'sources',
    title: 'Sources',
    tabs: [
      byVisitors('sources', 'Sources', 'visit:source', 'Source'),
      byVisitors('channels', 'Channels', 'visit:channel', 'Channel'),
      byVisitors('campaigns', 'Campaigns', 'visit:utm_campaign', 'Campaign'),
    ],
  },
  {
    key: 'pages',
    title: 'Pages',
    tabs: [
      { key: 'pages', label: 'Top pages', dimension: 'event:page', heading: 'Page', metrics: ['visitors', 'pageviews'] },
      { key: 'entry', label: 'Entry', dimension: 'visit:entry_page', heading: 'Entry page', metrics: ['visitors', 'visits'] },
      { key: 'exit', label: 'Exit', dimension: 'visit:exit_page', heading: 'Exit page', metrics: ['visitors', 'visits'] },
    ],
  },
  {
    key: 'locations',
    title: 'Locations',
    tabs: [
      byVisitors('countries', 'Countries', 'visit:country', 'Country'),
      byVisitors('languages', 'Languages', 'visit:language', 'Language'),
    ],
  },
  {
    key: 'devices',
    title: 'Devices',
    tabs: [
      byVisitors('browsers', 'Browsers', 'visit:browser', 'Browser'),
      byVisitors('systems', 'Systems', 'visit:os', 'Operating system'),
      byVisitors('devices', 'Devices', 'visit:device', 'Device'),
    ],
  },
]

/** The list that drilling down into a date opens: how often each page was viewed on it. */
export const PAGES_ON_DATE: Tab = {
  key: 'on-date',
  label: 'Pages',
  dimension: 'event:page',
  heading: 'Page',
  metrics: ['pageviews', 'visitors'],
}

/** Goals: who reached each, how often, and how many of all visitors that is. */
export const GOALS: Tab = {
  key: 'goals',
  label: 'Goals',
  dimension: 'event:goal',
  heading: 'Goal',
  metrics: ['visitors', 'events', 'conversion_rate'],
}
