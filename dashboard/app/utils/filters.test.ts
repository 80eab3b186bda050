import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canMatchAny, operatorsFor, put, readCondition, SEGMENT, toFilters, type Condition } from './filters.ts'

const is = (dimension: string, ...values: string[]): Condition => ({ operator: 'is', dimension, values })
const [germany, google, blog] = [is('visit:country', 'DE'), is('visit:source', 'Google'), is('event:page', '/blog')]

test('filters are and, or one or of all where that can be asked', () => {
  assert.deepEqual(toFilters([germany, google]), [
    ['is', 'visit:country', ['DE']],
    ['is', 'visit:source', ['Google']],
  ])
  assert.deepEqual(toFilters([germany, google], true), [
    [
      'or',
      [
        ['is', 'visit:country', ['DE']],
        ['is', 'visit:source', ['Google']],
      ],
    ],
  ])
  assert.equal(canMatchAny([germany]), false)
  assert.equal(canMatchAny([germany, is('event:goal', 'Signup')]), false)
  assert.deepEqual(toFilters([germany, is('event:hostname', 'a.example')], true), [
    ['is', 'visit:country', ['DE']],
    ['is', 'event:hostname', ['a.example']],
  ])
})

test('a goal that was reached, and segments by their numbers', () => {
  assert.deepEqual(toFilters([{ operator: 'has_not_done', dimension: 'event:goal', values: ['Signup'] }]), [
    ['has_not_done', ['is', 'event:goal', ['Signup']]],
  ])
  assert.deepEqual(toFilters([is(SEGMENT, '3', '4')]), [['is', 'segment', [3, 4]]])
  assert.equal(readCondition('is,segment,x'), null)
  assert.deepEqual(operatorsFor('event:goal'), ['is', 'has_done', 'has_not_done'])
})

test('an edited filter keeps its place', () => {
  assert.deepEqual(put([germany, google], blog, germany), [blog, google])
  assert.deepEqual(put([germany], blog, null), [germany, blog])
})
