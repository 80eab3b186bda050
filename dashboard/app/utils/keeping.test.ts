import assert from 'node:assert/strict'
import { test } from 'node:test'
import { momentText, monthChoices, monthsText } from './keeping.ts'

test('months of a site that no list has are among the choices, in their place', () => {
  const usual = monthChoices(null)
  assert.deepEqual(monthChoices(12), usual)
  assert.deepEqual(
    monthChoices(13).filter((months) => !usual.includes(months)),
    [13],
  )
  assert.equal(monthChoices(13)[usual.indexOf(12) + 1], 13)
})

test('months and moments are said by the language, on the clock of the site', () => {
  assert.deepEqual([monthsText(1), monthsText(14), monthsText(14, 'de')], ['1 month', '14 months', '14 Monate'])
  assert.match(momentText('2026-06-17T18:15:00Z', 'Asia/Kathmandu'), /18 Jun 2026.*00:00/)
})
