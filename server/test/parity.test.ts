import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { fill, fromSums, play } from './parity/play.ts'
import { type TestStore, openStores } from './stores.ts'

const QUESTIONS = 150

/** Random visitors, random questions (parity/questions.ts): every engine must give the same answer. Thousands of them: `node server/test/parity.ts`. */
describe('the same questions to every engine', () => {
  let stores: TestStore[]
  before(async () => {
    stores = await openStores()
    await fill(stores.map(({ engine }) => engine))
  })
  after(() => Promise.all(stores.map((store) => store.close())))

  it('have the same answers', async () => {
    const played = await play(
      stores.map(({ engine }) => engine),
      { questions: QUESTIONS },
    )
    if (played.details.failed) assert.fail(fc.defaultReportMessage(played.details))
    // Were most questions refused, the suite would prove nothing.
    assert.ok(played.answered >= QUESTIONS / 2, `only ${played.answered} questions were answered`)
    assert.ok(fromSums(played) > 0, `no question was answered from sums: ${JSON.stringify([...played.sources])}`)
  })
})
