import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Goal } from '@footfall/contract/sites.ts'
import { AppError } from '../../src/errors.ts'
import { dayStart } from '../../src/lib/zone.ts'
import { answerFunnel, parseFunnel, readSteps } from '../../src/query/funnel.ts'
import type { Engine } from '../../src/storage/engine.ts'
import { onEveryStore } from '../stores.ts'
import { type FunnelCase, funnelCases, goalsOf, secondsOf } from './cases.ts'
import { storeCases } from './store.ts'
import { UNMET } from './unmet.ts'

/** Every number of a case is text there; numbers compare by value. */
const numeric = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(numeric)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, numeric(each)]))
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
}

async function ask({ site: { goals, ...site }, ...each }: FunnelCase, id: number, engine: Engine) {
  const { timezone, stats_start_date: start } = site
  const firstAt = start === undefined ? await engine.firstEventAt(id) : dayStart(Temporal.PlainDate.from(start), timezone)
  const context = {
    site: { id, domain: 's.example', timezone },
    goals: goalsOf({ ...site, ...(goals && { goals }) }),
    segments: [],
    funnels: [],
    now: secondsOf(each.now),
    firstAt,
    internal: true,
  }
  const body = { site_id: 's.example', steps: each.funnel.steps, ...each.query } as Parameters<typeof parseFunnel>[0]
  return answerFunnel(parseFunnel(body, context), (question) => engine.report('funnel', question))
}

async function check(each: FunnelCase, id: number, engine: Engine): Promise<void> {
  const { error, definition, ...expected } = each.expect
  if (error) {
    await assert.rejects(ask(each, id, engine), (thrown) => thrown instanceof AppError && thrown.status === error.status)
  } else if (definition) {
    const goals = [...new Set(each.funnel.steps)].map((name, index): Goal => ({
      id: index,
      goal_type: 'event',
      event_name: name,
      display_name: name,
    }))
    assert.throws(() => readSteps(each.funnel.steps, goals), AppError)
  } else {
    const { query: _query, ...answer } = await ask(each, id, engine)
    assert.deepEqual(answer, numeric(expected))
  }
}

const reasonOf = new Map(UNMET.map(({ id, reason }) => [id, reason]))
const all = funnelCases().map((each, index) => ({ case: each, site: index + 1 }))

onEveryStore(
  'shared funnel cases',
  (engine) => storeCases(engine, all),
  (engine) => {
    for (const { case: each, site } of all) {
      const reason = reasonOf.get(each.id)
      it(`${each.id}: ${each.what}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
        const met = check(each, site, engine())
        if (reason === undefined) await met
        else await assert.rejects(met, Error, 'this case is met now: take it off the list')
      })
    }
  },
)
