import { ROUTES } from '@footfall/contract/routes.ts'
import { Deleted, Goal, GoalList, MaybeOfSite, NewGoal, OfSite, type Site } from '@footfall/contract/sites.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../database/schema.ts'
import { AppError, invalid } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Gate } from '../seams.ts'
import type { Directory } from './directory.ts'
import { refuseIfStep } from './funnels.ts'
import { deleteGoal, findOrCreateGoal, listGoals } from './goals.ts'
import { requireLook } from './looking.ts'
import { findSite } from './store.ts'

interface Parts {
  database: Kysely<Database>
  gate: Gate
  directory: Directory
}

const tags = ['sites']

/** The answer about a site that is not there, or not for everybody: the same, so that guests cannot tell which. */
export const noSite = (domain: string) => new AppError('not_found', `There is no site ${JSON.stringify(domain.slice(0, 300))}.`)

/** The site with this domain. @throws AppError `not_found` */
export async function knownSite(database: Kysely<Database>, domain: string): Promise<Site> {
  const site = await findSite(database, domain)
  if (!site) throw noSite(domain)
  return site
}

/** Goals of a site; `site_id` is its domain, in the query or the body. */
export function goalRoutes(app: App, parts: Parts): void {
  const { database, gate, directory } = parts

  app.get(ROUTES.goals, { schema: { querystring: OfSite, response: { 200: GoalList }, tags } }, async (request) => {
    await requireLook(gate, request)
    const { id } = await knownSite(database, request.query.site_id)
    return { goals: await listGoals(database, id) }
  })

  app.put(ROUTES.goals, { schema: { body: NewGoal, response: { 200: Goal }, tags } }, async (request) => {
    await gate.require(request, 'sites')
    const { site_id, ...goal } = request.body
    const { id } = await knownSite(database, site_id)
    const answer = await findOrCreateGoal(database, id, goal)
    directory.clear()
    return answer
  })

  app.delete(
    ROUTES.goal,
    {
      schema: {
        params: Type.Object({ goal: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        querystring: MaybeOfSite,
        body: Type.Optional(Type.Union([MaybeOfSite, Type.Null()])),
        response: { 200: Deleted },
        tags,
      },
    },
    async (request) => {
      await gate.require(request, 'sites')
      const domain = request.body?.site_id ?? request.query.site_id
      if (domain === undefined) throw invalid({ site_id: ['is required'] })
      const { id } = await knownSite(database, domain)
      const goal = Number(request.params.goal)
      await refuseIfStep(database, id, goal)
      if (!(await deleteGoal(database, id, goal))) throw new AppError('not_found', `The site ${domain} has no goal ${goal}.`)
      directory.clear()
      return { deleted: true }
    },
  )
}
