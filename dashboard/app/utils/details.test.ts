import assert from 'node:assert/strict'
import { test } from 'node:test'
import english from '../i18n/en/site.ts'
import { sayer } from '../i18n/say.ts'
import { detailTab, findRows, sortBy, toCsv } from './details.ts'
import { GOALS, PANELS } from './panels.ts'
import type { Row } from './rows.ts'

const row = (value: string, ...numbers: (number | null)[]): Row => ({ value, numbers, share: 0 })
const rows = [row('DE', 5, 40), row('FR', 9, null), row('AT', 7, 60)]
const values = (found: Row[]) => found.map(({ value }) => value)

test('rows are sorted by any column, what was not measured last', () => {
  assert.deepEqual(values(findRows(rows, 'visit:country', '', { column: 0, direction: 'desc' })), ['FR', 'AT', 'DE'])
  assert.deepEqual(values(findRows(rows, 'visit:country', '', { column: 1, direction: 'desc' })), ['AT', 'DE', 'FR'])
  assert.deepEqual(values(findRows(rows, 'visit:country', '', { column: 1, direction: 'asc' })), ['DE', 'AT', 'FR'])
  assert.deepEqual(values(findRows(rows, 'visit:country', '', { column: -1, direction: 'asc' })), ['AT', 'FR', 'DE'], 'by name, not code')
})

test('the search knows names and codes', () => {
  const found = (search: string) => values(findRows(rows, 'visit:country', search, { column: 0, direction: 'desc' }))
  assert.deepEqual(found(' germ'), ['DE'])
  assert.deepEqual(found('fr'), ['FR'])
  assert.deepEqual(found('x'), [])
})

test('a first click on numbers shows the largest, on names A; a second turns it round', () => {
  const byNumber = sortBy({ column: -1, direction: 'asc' }, 0)
  assert.deepEqual(byNumber, { column: 0, direction: 'desc' })
  assert.deepEqual(sortBy(byNumber, 0), { column: 0, direction: 'asc' })
  assert.deepEqual(sortBy(byNumber, -1), { column: -1, direction: 'asc' })
})

const t = sayer(
  'site',
  () => english,
  () => 'en',
)

test('CSV is quoted where it must be, and runs nothing in a spreadsheet', () => {
  const pages = detailTab(PANELS[1]!.tabs[0])
  assert.equal(
    toCsv(pages, [row('/a,"b"', 3, 4, 50, null), row('=HYPERLINK("x")', 1, 1, 0, 2)], t),
    'Page,Visitors,Views,Bounce rate,Duration\r\n"/a,""b""",3,4,50,\r\n"\'=HYPERLINK(""x"")",1,1,0,2\r\n',
  )
})

test('goals and hosts keep their own numbers: they have no bounce rate', () => {
  assert.equal(detailTab(GOALS), GOALS)
  const hosts = PANELS[1]!.tabs.find(({ key }) => key === 'hostnames')!
  assert.equal(detailTab(hosts), hosts)
})
