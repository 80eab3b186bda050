import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EVENT_DIMENSIONS, METRICS, TIME_DIMENSIONS, VISIT_DIMENSIONS } from '@footfall/contract/names.ts'
import { factsOf } from '../src/query/metrics.ts'

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
const definitions = read('definitions.md')

/** What stands under a heading, up to the next one of its rank. */
function chapter(heading: string): string {
  const [, found] = definitions.split(`\n## ${heading}\n`)
  assert.ok(found, `docs/definitions.md has no chapter ${heading}`)
  return found.split('\n## ')[0]!
}

/** The table of metrics: a row for each name, since a row may define several. */
const ROWS = chapter('Metrics')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => {
    const [names = '', sentence, formula, decimals, empty] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    return [...names.matchAll(/`(\w+)`/g)].map(([, metric]) => ({ metric: metric!, sentence, formula, decimals, empty }))
  })

test('every metric is defined once, in a sentence and a formula, and nothing else is', () => {
  assert.deepEqual(ROWS.map(({ metric }) => metric).toSorted(), METRICS.toSorted())
  for (const { metric, sentence, formula } of ROWS) {
    assert.match(sentence!, /\w+/, metric)
    assert.match(formula!, /\w+ \w+/, metric)
  }
})

test('decimals, and the value without data, are what the code has', () => {
  for (const metric of METRICS) {
    const { vital, digits, empty } = factsOf(metric)
    const row = ROWS.find((each) => each.metric === metric)!
    assert.deepEqual([row.decimals, row.empty!.split(' ')[0]], [vital ? 'as measured' : String(digits), String(empty)], metric)
  }
})

test('every dimension is on the list of the API', () => {
  const api = read('api.md')
  const names = [...EVENT_DIMENSIONS, ...VISIT_DIMENSIONS, ...TIME_DIMENSIONS, 'event:props:NAME']
  assert.deepEqual(
    names.filter((name) => !api.includes(`\`${name}\``)),
    [],
  )
})
