import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition } from './filters.ts'
import { topMetricsFor } from './top-metrics.ts'

const is = (dimension: string): Condition => ({ operator: 'is', dimension, values: ['x'] })
const keys = (conditions: Condition[], any = false) => topMetricsFor(conditions, any).map(({ key }) => key)

test('the numbers at the top are those that mean something under the filters', () => {
  assert.ok(keys([is('visit:country')]).includes('views_per_visit'))
  assert.deepEqual(keys([is('event:goal'), is('visit:country')]), ['visitors', 'visits', 'events', 'conversion_rate'])
  assert.ok(keys([is('event:page')]).includes('time_on_page'))
  for (const page of [is('segment'), { ...is('event:page'), operator: 'contains' as const }])
    assert.deepEqual(keys([page]), ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'])
  assert.ok(!keys([is('event:page'), is('visit:country')], true).includes('time_on_page'))
})
