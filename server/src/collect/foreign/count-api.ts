import { BATCH_LIMITS } from '@footfall/contract/batch.ts'
import { CountAnswer, CountBatch, COUNT_LIMITS } from '@footfall/contract/goatcounter.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import { AppError, invalid } from '../../errors.ts'
import type { App } from '../../lib/app.ts'
import type { SiteDirectory } from '../../seams.ts'
import { attempt } from '../batch.ts'
import type { Intake, Sending } from '../intake.ts'
import { asObject, bytesOf, parseObject } from '../json-body.ts'
import { readHit } from '../parse.ts'
import type { Outcome } from '../pipeline.ts'
import { preflight } from '../scope.ts'
import { readStated } from '../stated.ts'
import { translateCount, widthOf } from './count.ts'
import { findCountSite, queryOf, type CountSite } from './count-site.ts'

const schema = {
  body: CountBatch,
  response: { 202: CountAnswer },
  tags: ['events'],
  summary: "Events in GoatCounter's format from a server, which needs a key of the scope `events`",
  security: [{ key: [] }],
}

/** `POST /api/v0/count`: GoatCounter's way of sending from a server. The site is `?site=DOMAIN`, else the host that is called. */
export function countApiRoute(scope: App, { intake, sites }: { intake: Intake; sites: SiteDirectory }): void {
  preflight(scope, ROUTES.goatcounterApi)
  scope.post(ROUTES.goatcounterApi, { schema, bodyLimit: BATCH_LIMITS.bodyBytes }, async (request, reply) => {
    const sending = await intake.greet(request)
    if (!sending.trusted) throw new AppError('unauthorized', 'Send an API key as "Authorization: Bearer KEY".')
    const { hits } = parseObject(bytesOf(request))
    if (!Array.isArray(hits) || hits.length === 0) throw invalid({ hits: ['must be an array of hits'] })
    if (hits.length > COUNT_LIMITS.hits) throw invalid({ hits: [`must have at most ${COUNT_LIMITS.hits} items, not ${hits.length}`] })
    const named = queryOf(request).get('site')
    const site = await findCountSite(sites, [named ?? request.headers.host])

    const errors: Record<string, string> = {}
    const all: Outcome[] = []
    for (const [index, given] of hits.entries()) {
      const read = attempt(() => readApiHit(given, site, sending))
      if ('errors' in read)
        errors[index] = Object.entries(read.errors)
          .map(([field, texts]) => `${field} ${texts.join(', ')}`)
          .join('; ')
      else all.push(...(await intake.judge(sending, read.hit, read.stated)))
    }
    await intake.keep(all)
    return reply.status(202).send(Object.keys(errors).length > 0 ? { errors } : {})
  })
}

/** @throws AppError `invalid_request` */
function readApiHit(given: unknown, site: CountSite, { now }: Sending) {
  const { path, title, size, event, ref, query, bot, ip, user_agent, created_at } = asObject(given)
  if (typeof path !== 'string' || path === '') throw invalid({ path: ['is required'] })
  // Without them all visitors would be the server itself.
  if (ip == null || user_agent == null) throw invalid({ ip: ['and user_agent are required: they tell visitors apart'] })
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const hit = {
    path,
    event: event === true,
    referrer: text(ref),
    query: text(query),
    title: text(title),
    width: widthOf(size),
    bot: Number(bot ?? 0),
  }
  return {
    hit: readHit(translateCount(hit, { site: site.name, host: site.host, path: '/' }), now),
    stated: { ...readStated({ ip, user_agent, timestamp: created_at }, now), bot: hit.bot > 0 },
  }
}
