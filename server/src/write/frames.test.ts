import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { FORMAT, HEADER, decodeFrames, encodeFrame, formatOf } from './frames.ts'

const payloads = fc.array(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), { maxLength: 8 })
const fileOf = (texts: string[]) => Buffer.concat([HEADER, ...texts.map(encodeFrame)])
const textsOf = (file: Buffer) => decodeFrames(file).payloads.map(String)

describe('frames', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(payloads, (texts) => {
        const file = fileOf(texts)
        assert.deepEqual(decodeFrames(file), { payloads: texts.map((text) => Buffer.from(text)), good: file.length, damage: null })
      }),
    )
  })

  it('cut off anywhere, keeps exactly the frames before the cut', () => {
    fc.assert(
      fc.property(payloads, (texts) => {
        const file = fileOf(texts)
        for (let end = 0; end <= file.length; end += 1) {
          const whole = texts.filter((_, index) => fileOf(texts.slice(0, index + 1)).length <= end)
          assert.deepEqual(textsOf(file.subarray(0, end)), end < HEADER.length ? [] : whole)
        }
      }),
    )
  })

  it('with any byte changed, returns a prefix of what was written and says that it is damaged', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.integer({ min: 1, max: 255 }), (texts, position, difference) => {
        const file = fileOf(texts)
        const at = position % file.length
        file[at] = file[at]! ^ difference
        const { payloads, damage } = decodeFrames(file)
        assert.notEqual(damage, null)
        assert.deepEqual(payloads.map(String), texts.slice(0, payloads.length))
      }),
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeFrames(Buffer.concat([HEADER, bytes]))))
  })

  it('takes zeros, which a file system may leave at the end after a power cut, for damage', () => {
    const file = Buffer.concat([fileOf(['a']), Buffer.alloc(64)])
    assert.deepEqual(textsOf(file), ['a'])
    assert.equal(decodeFrames(file).damage, 'a frame of 0 bytes')
  })

  it('knows its format, and files that are not ours', () => {
    assert.equal(formatOf(HEADER), FORMAT)
    assert.equal(formatOf(Buffer.from('{"a":1}\n')), null)
  })
})
