import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marksFor } from './notes.ts'

const note = (id: number, date: string) => ({ id, date, text: `note ${id}` })
const places = (labels: string[], last: string, ...notes: ReturnType<typeof note>[]) =>
  marksFor(notes, labels, last).map(({ index, notes: found }) => [index, found.map(({ id }) => id)])

test('notes stand at the bucket that holds their day', () => {
  const days = ['2025-03-01', '2025-03-02', '2025-03-03']
  assert.deepEqual(places(days, '2025-03-03', note(2, '2025-03-03'), note(1, '2025-03-02'), note(3, '2025-03-02')), [
    [1, [1, 3]],
    [2, [2]],
  ])
  assert.deepEqual(places(['2025-03-01', '2025-03-03', '2025-03-10'], '2025-03-12', note(1, '2025-03-09'), note(2, '2025-03-12')), [
    [1, [1]],
    [2, [2]],
  ])
})

test('of hours the first of the day; outside the line there is no place', () => {
  const hours = ['2025-03-01 22:00:00', '2025-03-01 23:00:00', '2025-03-02 00:00:00', '2025-03-02 01:00:00']
  assert.deepEqual(places(hours, '2025-03-02', note(1, '2025-03-02'), note(2, '2025-02-28'), note(3, '2025-03-03')), [[2, [1]]])
  assert.deepEqual(places([], '2025-03-02', note(1, '2025-03-02')), [])
})
