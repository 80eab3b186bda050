import { Dropped, DroppedAsked } from '@footfall/contract/dropped.ts'
import { DROP_REASONS, type DropReason } from '@footfall/contract/names.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import { dateOf, dayStart } from '../lib/zone.ts'
import type { Clock, DropReport, DroppedEvents, Gate, SiteDirectory } from '../seams.ts'
import { readDateRange, resolveRange } from './ranges.ts'

export interface DroppedParts {
  sites: SiteDirectory
  gate: Gate
  clock: Clock
  dropped: DropReport
}

const Params = Type.Object({ site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }) })

/** What the collector refused: `GET /api/v1/sites/DOMAIN/dropped`. Needs the scope `stats`. */
export function droppedRoute(app: App, { sites, gate, clock, dropped }: DroppedParts): void {
  app.route({
    method: 'GET',
    url: ROUTES.dropped,
    schema: {
      tags: ['stats'],
      summary: 'Events that were not counted, by reason and day',
      params: Params,
      querystring: DroppedAsked,
      response: { 200: Dropped },
    },
    handler: async (request): Promise<Dropped> => {
      const { kind } = await gate.require(request, 'stats')
      const site = await sites.find(request.params.site)
      if (!site) throw new AppError('not_found', `There is no site ${JSON.stringify(request.params.site)} here.`)
      const text = request.query.date_range ?? '30d'
      const asked = readDateRange(text.includes(',') ? text.split(',') : text, { internal: kind === 'user' })
      const first = asked.kind === 'all' ? await dropped.firstDay(site.id) : null
      const firstAt = first === null ? null : dayStart(Temporal.PlainDate.from(first), site.timezone)
      const range = resolveRange(asked, { now: Math.floor(clock() / 1000), timezone: site.timezone, firstAt })
      // Counters are kept by day, so a range of hours is widened to its days.
      const [from, to] = [range.from, range.to].map((at) => dateOf(at, site.timezone).toString()) as [string, string]
      const found = await dropped.between(site.id, from, to)
      return { ...summary(found), query: { site_id: site.domain, date_range: [from, to] } }
    },
  })
}

function summary(found: DroppedEvents[]): Omit<Dropped, 'query'> {
  const byReason = new Map<DropReason, number>()
  const byDay = new Map<string, Dropped['days'][number]>()
  let total = 0
  for (const { day, reason, events } of found) {
    total += events
    byReason.set(reason, (byReason.get(reason) ?? 0) + events)
    const row = byDay.get(day) ?? { date: day, events: 0, reasons: {} }
    row.events += events
    row.reasons[reason] = events
    byDay.set(day, row)
  }
  const reasons = [...byReason]
    .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([reason, events]) => ({ reason, sentence: DROP_REASONS[reason], events }))
  return { total, reasons, days: [...byDay.values()] }
}
