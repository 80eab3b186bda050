import assert from 'node:assert/strict'
import { test } from 'node:test'
import german from '../i18n/de/site.ts'
import english from '../i18n/en/site.ts'
import { sayer } from '../i18n/say.ts'
import { axisText, bucketText, dayText, daysText, periodText, zoomText } from './date-text.ts'

const [en, de] = [
  sayer(
    'site',
    () => english,
    () => 'en',
  ),
  sayer(
    'site',
    () => german,
    () => 'de',
  ),
] as const

test('days and ranges as people write them', () => {
  assert.match(dayText('2026-03-05'), /^Thursday,? 5 March 2026$/)
  assert.equal(daysText('2026-02-01', '2026-02-28'), 'February 2026')
  assert.match(daysText('2026-02-02', '2026-02-05'), /^2\s?[–-]\s?5 Feb 2026$/)
  assert.equal(periodText({ key: '28d' }, 'en-GB', en), 'Last 28 days')
  assert.equal(periodText({ key: '28d' }, 'de', de), 'Letzte 28 Tage')
  assert.equal(zoomText({ from: '2026-03-05T09:00', to: '2026-03-05T12:59' }, 'en-GB'), '5 Mar 2026, 09:00 – 12:59')
  assert.match(zoomText({ from: '2026-03-05', to: '2026-03-08' }, 'en-GB'), /^5\s?[–-]\s?8 Mar 2026$/)
})

test('buckets under the axis and in the tooltip', () => {
  assert.equal(axisText('2026-03-05 07:00:00', 'hour', 'en-GB'), '07:00')
  assert.equal(axisText('2026-03-05', 'day', 'en-GB'), '5 Mar')
  assert.equal(bucketText('2026-03-02', 'week', 'en-GB', en), 'Week of 2 Mar 2026')
  assert.equal(bucketText('2026-03-01', 'month', 'en-GB', en), 'March 2026')
})
