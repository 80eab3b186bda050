import type { Site } from '@footfall/contract/sites.ts'
import type { Scope } from '../storage/reports.ts'
import { writeFilter } from './filters.ts'
import type { Half } from './halves.ts'
import { type ParseContext, readAll } from './parse.ts'
import { type DateRange, type Range, readDateRange, resolveRange } from './ranges.ts'
import { zonedText } from '../lib/zone.ts'
import { whereOf } from './wheres.ts'
import type { Filters } from './within.ts'

/** Where a report looks, checked and resolved: the part of a body that every report has. */
export interface ReportScope extends Filters {
  site: Pick<Site, 'id' | 'domain' | 'timezone'>
  asked: DateRange
  range: Range
}

/**
 * Checks `date_range` and `filters` of a body, as `parseQuery` does.
 *
 * @throws AppError invalid_query
 */
export function readScope(body: { date_range?: unknown; filters?: unknown }, context: ParseContext): ReportScope {
  const asked = readDateRange(body.date_range, { internal: context.internal })
  const filters = readAll(body.filters, context, { metrics: [], dimensions: [] })
  const { site, now, firstAt } = context
  return { site, asked, ...filters, range: resolveRange(asked, { now, timezone: site.timezone, firstAt }) }
}

/** The scope as an engine takes it, for a question about events or about visits. */
export function scopeOf(half: Half, { site, range, filters }: ReportScope, { goals }: Pick<ParseContext, 'goals'>): Scope {
  return { site: site.id, ...range, where: whereOf(half, filters, goals) }
}

/** The scope as it was understood; it can be sent again. */
export function echoScope({ site, range, written }: ReportScope) {
  const date_range: [string, string] = [zonedText(range.from, site.timezone), zonedText(range.to, site.timezone)]
  return { site_id: site.domain, date_range, filters: written.map(writeFilter) }
}
