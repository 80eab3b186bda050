import assert from 'node:assert/strict'
import { test } from 'node:test'
import { write } from './text.ts'

test('a text with values, and a number as the language writes it', () => {
  assert.equal(write('{a} of {b}', { a: 'one', b: 12_345 }, 'de'), 'one of 12.345')
})

test('a plural takes the form of its number, and "other" where a language has no such form', () => {
  const visits = { one: '{n} visit', other: '{n} visits' }
  assert.deepEqual(
    [0, 1, 2].map((n) => write(visits, { n }, 'en')),
    ['0 visits', '1 visit', '2 visits'],
  )
  assert.equal(write({ two: 'زيارتان', other: '{n} زيارة' }, { n: 2 }, 'ar'), 'زيارتان')
  assert.equal(write({ other: '{n} 回の訪問' }, { n: 1 }, 'ja'), '1 回の訪問')
})

test('a value that is not there is told, not shown as a gap', () => {
  assert.throws(() => write('Hello {name}', {}, 'en'), /needs a value for name/)
})
