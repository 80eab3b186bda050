import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { NOON, event, temporaryDirectory } from '../test-support.ts'
import { entrySorter } from './sort.ts'

async function sortedLines(times: number[], runLength: number): Promise<{ lines: number[]; files: number }> {
  const directory = await temporaryDirectory()
  try {
    const sorter = entrySorter(directory.path, runLength)
    for (const [line, time] of times.entries()) await sorter.add({ line, event: event({ at: NOON + time }) })
    const files = (await readdir(directory.path)).length
    const lines = []
    for await (const entry of sorter.sorted()) lines.push(entry.line)
    return { lines, files }
  } finally {
    await directory.remove()
  }
}

const expected = (times: number[]) => [...times.keys()].toSorted((a, b) => times[a]! - times[b]! || a - b)

describe('sorting an import', () => {
  it('orders by time and then by line, with and without files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), async (times, runLength) => {
        assert.deepEqual((await sortedLines(times, runLength)).lines, expected(times))
      }),
      { numRuns: 50 },
    )
  })

  it('merges runs on the way, so that few files are open at once', async () => {
    const times = Array.from({ length: 300 }, (_, index) => (index * 7919) % 61)
    const { lines, files } = await sortedLines(times, 2)
    assert.deepEqual(lines, expected(times))
    assert.ok(files < 64 + 3, `${files} files`)
  })

  it('touches no disk where one run is enough', async () => {
    assert.deepEqual(await sortedLines([3, 1, 2], 4), { lines: [1, 2, 0], files: 0 })
  })
})
