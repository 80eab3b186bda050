import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Goal, Site } from '@footfall/contract/sites.ts'
import { answerQuery } from '../../query/answer.ts'
import { parseQuery } from '../../query/parse.ts'
import type { Engine } from '../../storage/engine.ts'

/** A store, and the number a site has in it. */
export interface Place {
  engine: Engine
  site: number
}

const OF_VISITS = ['visitors', 'visits', 'bounce_rate', 'visit_duration']
const OF_EVENTS = ['visitors', 'pageviews', 'events']

/** What is asked of both stores: totals, days, and every dimension with its hundred largest values. */
const QUESTIONS: { metrics: string[]; dimensions: string[] }[] = [
  { metrics: [...OF_VISITS, 'views_per_visit', 'pageviews', 'events'], dimensions: [] },
  { metrics: [...OF_VISITS, 'pageviews'], dimensions: ['time:day'] },
  ...['event:page', 'event:hostname', 'event:name'].map((name) => ({ metrics: OF_EVENTS, dimensions: [name] })),
  ...[...VISIT_ATTRIBUTES, 'entry_page', 'exit_page'].map((name) => ({ metrics: OF_VISITS, dimensions: [`visit:${name}`] })),
]

/**
 * Asks both stores the same questions about the same period.
 *
 * @returns how many were asked, and those with different answers
 */
export async function compareAnswers(
  [one, other]: [Place, Place],
  { domain, timezone, goals, from, to }: Pick<Site, 'domain' | 'timezone'> & { goals: Goal[]; from: number; to: number },
): Promise<{ asked: number; different: string[] }> {
  const instant = (seconds: number) => new Date(seconds * 1000).toISOString()
  const different: string[] = []
  for (const { metrics, dimensions } of QUESTIONS) {
    const rows = async ({ engine, site }: Place): Promise<string> => {
      const body = {
        site_id: domain,
        metrics,
        dimensions,
        date_range: [instant(from), instant(to)],
        // By all that there is, so that rows of the same number come in the same order.
        order_by: [...metrics.map((name) => [name, 'desc']), ...dimensions.map((name) => [name, 'asc'])],
        pagination: { limit: 100 },
      }
      const context = { site: { id: site, domain, timezone }, goals, segments: [], now: to, firstAt: from, internal: true }
      return JSON.stringify((await answerQuery(parseQuery(body, context), (question) => engine.run(question))).results)
    }
    if ((await rows(one)) !== (await rows(other))) different.push(`${metrics.join(', ')} by ${dimensions.join(', ') || 'nothing'}`)
  }
  return { asked: QUESTIONS.length, different }
}
