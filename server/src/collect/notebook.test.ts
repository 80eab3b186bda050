import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNotebook } from './notebook.ts'
import { silent } from './testing.ts'

const notebook = (write: (key: string, text: string) => Promise<void>, limit = 100) =>
  createNotebook({ write, limit, log: silent, what: 'notes', everyMs: 3_600_000 })

test('the latest of a key is written, and the same is not written again', async () => {
  const lines: string[] = []
  const notes = notebook(async (key, text) => void lines.push(`${key} ${text}`))
  notes.note('a', '1')
  notes.note('a', '2')
  notes.note('b', '1')
  await notes.flush()
  notes.note('a', '2')
  await notes.flush()
  assert.deepEqual(lines, ['a 2', 'b 1'])
  notes.note('a', '1')
  notes.note('a', '2')
  await notes.flush()
  assert.deepEqual(lines, ['a 2', 'b 1', 'a 2'], 'back to what it was, in one round')
  notes.drop('a')
  notes.note('a', '2')
  await notes.stop()
  assert.deepEqual(lines.slice(3), ['a 2'], 'told again after it was dropped')
})

test('what cannot be written waits, what is told meanwhile too, and no more than the limit', async () => {
  const lines: string[] = []
  let down = true
  const notes = notebook(async (key, text) => {
    if (down) throw new Error('the database is away')
    if (text === '1') notes.note(key, '2')
    lines.push(`${key} ${text}`)
  }, 2)
  for (const key of ['a', 'b', 'c']) notes.note(key, '1')
  await notes.flush()
  assert.deepEqual(lines, [])
  down = false
  await notes.flush()
  assert.deepEqual(lines.slice(0, 2), ['a 1', 'b 1'])
  await notes.stop()
  assert.deepEqual(new Set(lines), new Set(['a 1', 'b 1', 'a 2', 'b 2']))
})
