import { crc32 } from 'node:zlib'

/**
 * Format of a segment file: 8 bytes of header, then frames. A frame is 4 bytes length and 4 bytes CRC-32 of the
 * payload, both little-endian, then the payload: one JSON array of events, as they were appended together.
 */
export const FORMAT = 1
const MAGIC = 'FFJNL'
export const HEADER = Buffer.from([...Buffer.from(MAGIC), 0, 0, FORMAT])
export const FRAME_OVERHEAD = 8

/** A bogus length must not make the reader believe that the rest of the file is one frame. */
const MAX_PAYLOAD = 64 * 1024 * 1024

/** @throws RangeError for an empty payload: its frame would be eight zeros, which is what a file has where nothing was written after a crash. */
export function encodeFrame(payload: string): Buffer {
  const length = Buffer.byteLength(payload)
  if (length === 0 || length > MAX_PAYLOAD) throw new RangeError(`a frame holds 1 to ${MAX_PAYLOAD} bytes, not ${length}`)
  const frame = Buffer.allocUnsafe(FRAME_OVERHEAD + length)
  frame.write(payload, FRAME_OVERHEAD)
  frame.writeUInt32LE(length, 0)
  frame.writeUInt32LE(crc32(frame.subarray(FRAME_OVERHEAD)), 4)
  return frame
}

export interface Frames {
  payloads: Buffer[]
  /** Where the first damage begins; the length of the file if there is none. */
  good: number
  damage: string | null
}

/** Reads frames up to the first one that is not whole. Never throws; never returns a payload whose checksum differs. */
export function decodeFrames(file: Buffer): Frames {
  if (file.length < HEADER.length || !file.subarray(0, HEADER.length).equals(HEADER)) return { payloads: [], good: 0, damage: 'no header' }
  const payloads: Buffer[] = []
  let at = HEADER.length
  while (at < file.length) {
    const damage = damageAt(file, at)
    if (damage !== null) return { payloads, good: at, damage }
    const end = at + FRAME_OVERHEAD + file.readUInt32LE(at)
    payloads.push(file.subarray(at + FRAME_OVERHEAD, end))
    at = end
  }
  return { payloads, good: at, damage: null }
}

function damageAt(file: Buffer, at: number): string | null {
  const left = file.length - at - FRAME_OVERHEAD
  if (left < 0) return `${file.length - at} bytes of a frame's head`
  const length = file.readUInt32LE(at)
  if (length === 0 || length > MAX_PAYLOAD) return `a frame of ${length} bytes`
  if (length > left) return `a frame of ${length} bytes with ${left} left`
  const payload = file.subarray(at + FRAME_OVERHEAD, at + FRAME_OVERHEAD + length)
  return crc32(payload) === file.readUInt32LE(at + 4) ? null : 'a frame with a wrong checksum'
}

/** Format version in the first bytes of a file; null if they are not ours. */
export function formatOf(header: Buffer): number | null {
  return header.length >= HEADER.length && header.toString('latin1', 0, MAGIC.length) === MAGIC ? header.readUInt16BE(6) : null
}
