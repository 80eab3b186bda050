import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { StoredEvent } from '../../lib/event.ts'
import { event } from '../../write/test-support.ts'
import { csvHeading, csvText, ndjsonText } from './lines.ts'

for (const [name, write] of Object.entries({ csv: csvText, ndjson: ndjsonText })) {
  test(`${name}: an event is looked at once, not for each of its columns`, () => {
    let looks = 0
    const stored: StoredEvent = { ...event({ pathname: '/a' }), visit: '1' }
    const watched = Object.defineProperty({ ...stored }, 'pathname', { get: () => ((looks += 1), '/a') })
    assert.equal(write([watched]), write([stored]))
    assert.equal(looks, 1)
  })
}

test('csv: every line has the columns of the heading', () => {
  const count = (text: string) => text.trimEnd().split(',').length
  assert.equal(count(csvText([{ ...event(), visit: '1' }])), count(csvHeading()))
})
