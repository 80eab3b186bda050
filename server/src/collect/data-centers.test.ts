import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { addressList } from './address.ts'
import { openDataCenters, readRanges } from './data-centers.ts'
import { eventually, silent } from './testing.ts'

test('a list of one range a line, with blank lines and notes', () => {
  const inside = readRanges('# clouds\r\n\r\n3.0.0.0/9  # the first\n203.0.113.7\n2600:1F00::/24\n0.0.0.0/32\n', 'list')
  const asked = ['3.0.0.0', '3.127.255.255', '3.128.0.0', '203.0.113.7', '203.0.113.8', '2600:1fff::1', '2600:2000::', '0.0.0.0', '::', '']
  assert.deepEqual(asked.filter(inside), ['3.0.0.0', '3.127.255.255', '203.0.113.7', '2600:1fff::1', '0.0.0.0'])
})

test('the same answers as the list of the platform, however ranges overlap', () => {
  // Few bits vary, so that ranges meet.
  const v4 = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 })).map(([a, b]) => `10.0.${a}.${b}`)
  const v6 = fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 65_535 }))
    .map(([a, b]) => `2001:db8::${a}:${b.toString(16)}`)
  const range = fc.oneof(
    fc.tuple(v4, fc.integer({ min: 20, max: 32 })).map(([address, bits]) => `${address}/${bits}`),
    fc.tuple(v6, fc.integer({ min: 108, max: 128 })).map(([address, bits]) => `${address}/${bits}`),
  )
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), fc.array(fc.oneof(v4, v6), { minLength: 20, maxLength: 20 }), (ranges, addresses) => {
      assert.deepEqual(addresses.filter(readRanges(ranges.join('\n'), 'list')), addresses.filter(addressList(ranges)))
    }),
  )
})

test('a line that is no range is named with its number', () => {
  for (const line of ['cloud', '203.0.113.0/33', '203.0.113.0/', '203.0.113.0/8/9', '2001:db8::/129', '10.0.0/8', '-1']) {
    assert.throws(
      () => readRanges(`10.0.0.0/8\n${line}\n`, 'list.txt'),
      { name: 'StartError', message: /line 2 of list\.txt must be/ },
      line,
    )
  }
  assert.throws(() => readRanges('\n'.repeat(500_001), 'list.txt'), { name: 'StartError', message: /more than 500000 lines/ })
})

test('a file that is not there stops the start; one that changes is read again, unless it became nonsense', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'footfall-ranges-'))
  const path = join(directory, 'ranges.txt')
  t.after(() => rmSync(directory, { recursive: true }))
  await assert.rejects(openDataCenters(path, silent), { name: 'StartError', message: /cannot be read \(ENOENT/ })
  writeFileSync(path, '10.0.0.0/8\n')
  const warnings: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) })
  const centers = await openDataCenters(path, log, 10)
  t.after(() => centers.stop())
  assert.deepEqual([centers.has('10.1.1.1'), centers.has('11.1.1.1')], [true, false])
  writeFileSync(path, 'nonsense\n')
  await eventually(() => warnings.length > 0)
  assert.ok(centers.has('10.1.1.1'), 'what it said before stays in force')
  writeFileSync(path, '11.0.0.0/8\n')
  await eventually(() => centers.has('11.1.1.1'))
  assert.ok(!centers.has('10.1.1.1'))
  assert.deepEqual(warnings.length, 1, 'one warning for one bad file')
})
