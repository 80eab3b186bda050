import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journeysAsked, readJourneyView, writeJourneyView } from './journeys.ts'

test('where journeys are told from survives the address; a default leaves no trace', () => {
  const view = { page: '/pricing', direction: 'previous' as const, steps: 5 }
  assert.deepEqual(readJourneyView(writeJourneyView(view)), view)
  assert.deepEqual(writeJourneyView(readJourneyView({})), { page: undefined, direction: undefined, steps: undefined })
  assert.deepEqual(readJourneyView({ page: '', direction: 'sideways', steps: '50' }), { page: null, direction: 'next', steps: 3 })
})

test('without a page the question has none', () => {
  assert.deepEqual(journeysAsked({ page: null, direction: 'next', steps: 2 }), { direction: 'next', steps: 2, limit: 30 })
  assert.equal(journeysAsked({ page: '/', direction: 'next', steps: 2 }).page, '/')
})
