import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { screenClass } from './screen.ts'

test('classes change at their bounds', () => {
  const widths = [1, 575, 576, 991, 992, 1439, 1440, 100_000]
  assert.deepEqual(widths.map(screenClass), ['Mobile', 'Mobile', 'Tablet', 'Tablet', 'Laptop', 'Laptop', 'Desktop', 'Desktop'])
  assert.deepEqual(['390', '411.43', '1920'].map(screenClass), ['Mobile', 'Mobile', 'Desktop'])
})

test('what is no width of a screen is no class', () => {
  const none = [0, -1, 100_001, NaN, Infinity, '', 'wide', '1e3', '-5', '0x10', null, undefined, [800], {}, true]
  for (const width of none) assert.equal(screenClass(width), '', inspect(width))
})
