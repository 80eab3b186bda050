import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyReader, shortcutGroups } from './shortcuts.ts'

test('one key is a shortcut, G and another one in time are one together', () => {
  const read = createKeyReader()
  const pressed: [key: string, at: number][] = [
    ['D', 0],
    ['g', 100],
    ['Shift', 200],
    ['R', 300],
    ['r', 400],
    ['g', 1000],
    ['r', 4000],
    ['g', 5000],
    ['g', 5100],
    ['?', 5200],
    ['Escape', 5300],
    ['ArrowLeft', 5400],
  ]
  assert.deepEqual(
    pressed.map(([key, at]) => read(key, at)),
    ['d', null, null, 'g r', 'r', null, 'r', null, 'g g', '?', 'escape', null],
  )
})

test('no two shortcuts of the sheet are the same', () => {
  for (const guest of [false, true]) {
    const all = shortcutGroups(guest).flatMap(({ shortcuts }) => shortcuts.map(({ keys }) => keys.join(' ')))
    assert.equal(new Set(all).size, all.length)
    assert.ok(!all.includes('G'), 'G alone begins others')
  }
})

test('a guest is led to no page that he may not see', () => {
  const places = (guest: boolean) => shortcutGroups(guest)[0]!.shortcuts.map(({ keys }) => keys.join(''))
  assert.deepEqual(places(true), ['GO', 'GR', 'GF', 'GT', 'GJ', '?'])
  assert.ok(['GS', 'GV', 'GA', 'S'].every((keys) => places(false).includes(keys)))
})
