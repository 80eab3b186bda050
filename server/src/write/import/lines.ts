import { isUtf8 } from 'node:buffer'

/** A line of the stream, counted from 1: its text, or why it cannot be read. Blank lines are counted and left out. */
export type Line = { number: number; text: string } | { number: number; error: string }

const NEWLINE = 0x0a

/**
 * Splits a stream of bytes into lines, as many at a time as a chunk holds, in memory of one chunk and one line. What is
 * longer than `limit` bytes is skipped without being kept; UTF-8 that is broken is refused, not mended.
 */
export async function* splitLines(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Line[]> {
  let number = 0
  let rest: Buffer[] = []
  let restBytes = 0

  const finish = (end: Buffer): Line | null => {
    number += 1
    const bytes = restBytes + end.length
    const line = restBytes === 0 ? end : Buffer.concat([...rest, end])
    rest = []
    restBytes = 0
    return bytes > limit ? { number, error: `is longer than ${limit} bytes` } : readLine(number, line)
  }

  for await (const chunk of stream) {
    const lines: Line[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const line = finish(chunk.subarray(from, end))
      if (line) lines.push(line)
      from = end + 1
    }
    restBytes += chunk.length - from
    // A line that is too long already is only counted.
    if (restBytes > limit) rest = []
    else if (from < chunk.length) rest.push(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  const last = restBytes > 0 ? finish(Buffer.alloc(0)) : null
  if (last) yield [last]
}

function readLine(number: number, bytes: Buffer): Line | null {
  if (!isUtf8(bytes)) return { number, error: 'is not valid UTF-8' }
  const text = bytes.toString().trim()
  return text === '' ? null : { number, text }
}
