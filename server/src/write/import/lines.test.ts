import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { splitLines, type Line } from './lines.ts'

async function split(chunks: Buffer[], limit = 1_000): Promise<Line[]> {
  const lines: Line[] = []
  for await (const some of splitLines(stream(chunks), limit)) lines.push(...some)
  return lines
}
async function* stream(chunks: Buffer[]) {
  yield* chunks
}
const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text))

describe('splitting lines', () => {
  it('counts from 1, leaves out blank lines, takes CRLF, a byte order mark and an end without newline', async () => {
    assert.deepEqual(await split(bytes('\uFEFF{"a":1}\r\n\n  \n{"b"', ':2}')), [
      { number: 1, text: '{"a":1}' },
      { number: 4, text: '{"b":2}' },
    ])
  })

  it('refuses lines that are too long or broken UTF-8, and goes on', async () => {
    const chunks = [...bytes('x'.repeat(11), 'x'.repeat(500), '\nok\n'), Buffer.from([0x22, 0xc3, 0x28, 0x0a]), ...bytes('end')]
    assert.deepEqual(await split(chunks, 10), [
      { number: 1, error: 'is longer than 10 bytes' },
      { number: 2, text: 'ok' },
      { number: 3, error: 'is not valid UTF-8' },
      { number: 4, text: 'end' },
    ])
  })

  it('gives the same lines however the stream is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.array(fc.nat(120), { maxLength: 8 }), async (text, cuts) => {
        const whole = Buffer.from(text.replaceAll('x', '\n'))
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).toSorted((a, b) => a - b), whole.length]
        const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end))
        assert.deepEqual(await split(chunks, 20), await split([whole], 20))
      }),
    )
  })
})
