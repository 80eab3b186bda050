import type { Metric } from '@footfall/contract/names.ts'
import type { Say } from '../i18n/areas.ts'
import { columnOf, type Tab } from './panels.ts'
import type { Row } from './rows.ts'
import { type RegionNames, valueName } from './values.ts'

/** More of what a list counts, as far as the Stats API has it for this dimension. */
export function detailTab(tab: Tab): Tab {
  // Goals keep their own numbers, and of an event's own dimensions only pages go with numbers of visits (docs/definitions.md, Metrics).
  if (tab.dimension.startsWith('event:') && tab.dimension !== 'event:page') return tab
  const count: Metric = tab.dimension === 'event:page' ? 'pageviews' : 'visits'
  return { ...tab, metrics: ['visitors', count, 'bounce_rate', 'visit_duration'] }
}

/** Which column rows are sorted by: `-1` is the value, else the metric at this place. */
export interface Sort {
  column: number
  direction: 'asc' | 'desc'
}

/** The next sort after a click on a column: numbers begin with the largest, names with A. */
export const sortBy = (now: Sort, column: number): Sort =>
  now.column === column
    ? { column, direction: now.direction === 'asc' ? 'desc' : 'asc' }
    : { column, direction: column === -1 ? 'asc' : 'desc' }

/** Rows whose value has the text in it, in order; what was not measured stands last either way. */
export function findRows(
  rows: readonly Row[],
  dimension: string,
  search: string,
  { column, direction }: Sort,
  language = 'en',
  regions?: RegionNames,
): Row[] {
  const wanted = search.trim().toLowerCase()
  const named = rows.map((row) => ({ row, name: valueName(dimension, row.value, language, regions), number: row.numbers[column] ?? null }))
  const sign = direction === 'asc' ? 1 : -1
  return named
    .filter(({ name, row }) => name.toLowerCase().includes(wanted) || row.value.toLowerCase().includes(wanted))
    .toSorted((a, b) => {
      if (column === -1) return sign * a.name.localeCompare(b.name, language)
      if (a.number === null || b.number === null) return Number(a.number === null) - Number(b.number === null)
      return sign * (a.number - b.number)
    })
    .map(({ row }) => row)
}

/**
 * A field of CSV (RFC 4180). Visitors choose the paths and sources: text that a spreadsheet would run as a formula gets
 * an apostrophe in front (OWASP, "CSV Injection").
 */
function field(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as CSV with a line of headings; times are seconds, rates percent. */
export const toCsv = (tab: Tab, rows: readonly Row[], t: Say<'site'>, language = 'en', regions?: RegionNames): string =>
  [
    [t(tab.heading), ...tab.metrics.map((metric) => t(columnOf(metric).text))],
    ...rows.map((row) => [valueName(tab.dimension, row.value, language, regions), ...row.numbers]),
  ]
    .map((line) => `${line.map(field).join(',')}\r\n`)
    .join('')
