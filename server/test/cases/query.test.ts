import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AppError } from '../../src/errors.ts'
import { dayStart } from '../../src/lib/zone.ts'
import { answerQuery } from '../../src/query/answer.ts'
import { asksForAll, parseQuery } from '../../src/query/parse.ts'
import type { Engine } from '../../src/storage/engine.ts'
import { type QueryCase, funnelCases, goalsOf, queryCases, rangeCases, secondsOf, segmentsOf } from './cases.ts'
import { onEveryStore } from '../stores.ts'
import { compareAnswer } from './compare.ts'
import { storeCases } from './store.ts'
import { UNMET } from './unmet.ts'

/** Asks the query of a case against its site and compares the whole answer. */
async function check(each: QueryCase, site: number, engine: Engine): Promise<void> {
  const { timezone, stats_start_date: start } = each.site
  const firstAt = start === undefined ? await engine.firstEventAt(site) : dayStart(Temporal.PlainDate.from(start), timezone)
  const parse = (body: unknown) =>
    parseQuery(body, {
      site: { id: site, domain: 's.example', timezone },
      goals: goalsOf(each.site),
      segments: segmentsOf(each.site),
      now: secondsOf(each.now),
      firstAt: asksForAll(body) ? firstAt : null,
      internal: each.api === 'internal',
    })
  const { error } = each.expect
  if (error) {
    assert.throws(
      () => parse(each.query),
      (thrown) => thrown instanceof AppError && thrown.status === error.status,
      error.gist,
    )
    return
  }
  const query = parse(each.query)
  const answer = await answerQuery(query, (question) => engine.run(question))
  compareAnswer(answer, query, each.expect)
  if (each.note?.startsWith('post the query object echoed')) {
    const again = parse(answer.query)
    compareAnswer(await answerQuery(again, (question) => engine.run(question)), again, each.expect)
  }
}

/** What Footfall does not have by decision: the shared cases' README, "Decisions for Footfall". */
const applies = (each: QueryCase) => each.legacy !== true

const files = queryCases().map(({ file, cases }) => ({ file, cases: cases.filter(applies) }))
const all = files.flatMap(({ cases }) => cases).map((each, index) => ({ case: each, site: index + 1 }))
const siteOf = new Map(all.map(({ case: each, site }) => [each.id, site]))
const reasonOf = new Map(UNMET.map(({ id, reason }) => [id, reason]))

/** One store for all cases, a site for each. */
onEveryStore(
  'shared query cases',
  (engine) => storeCases(engine, all),
  (engine) => {
    for (const { file, cases } of files) {
      describe(file, () => {
        for (const each of cases) {
          const reason = reasonOf.get(each.id)
          it(`${each.id}: ${each.what}${reason === undefined ? '' : ` (differs: ${reason})`}`, async () => {
            const met = check(each, siteOf.get(each.id)!, engine())
            if (reason === undefined) await met
            else await assert.rejects(met, Error, 'this case is met now: take it off the list')
          })
        }
      })
    }

    it('has no unknown case on the list of the unmet', () => {
      const known = new Set([...siteOf.keys(), ...[...rangeCases(), ...funnelCases()].map(({ id }) => id)])
      assert.deepEqual(
        UNMET.filter(({ id }) => !known.has(id)),
        [],
      )
    })
  },
  // Every day, also the one that is not over.
  all.map(({ case: each, site }) => ({ id: site, timezone: each.site.timezone, now: secondsOf(each.now) + 86_400 })),
)
