import { createHash, type Hash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Batch } from '../../storage/engine.ts'
import { splitLines } from '../../write/import/lines.ts'
import { CommandError } from '../command.ts'

/**
 * A backup: lines of JSON, compressed by Zstandard. First a header; then rows of metadata and batches of events, in the order in which they
 * are put back; at the end how many lines there were, and the SHA-256 of all of them. It holds secrets and hashes of passwords.
 */
export type Line = { row: Record<string, string | number | null>; of: string } | { batch: Batch }

const Header = Type.Object({
  footfall: Type.Literal('backup'),
  format: Type.Integer(),
  version: Type.String(),
  made_at: Type.String(),
  migrations: Type.Array(Type.String()),
})
export type Header = Static<typeof Header>
const End = Type.Object({ end: Type.Object({ lines: Type.Integer(), sha256: Type.String() }) })

export const FORMAT = 1
/** 10,000 events take 5 MB; what is longer is none of ours. */
const LONGEST_LINE = 512 * 1024 * 1024

/** Writes a backup. The file must not exist; what is left of one that fails is the caller's to remove. */
export async function writeBackup(path: string, header: Header, lines: AsyncIterable<Line>, signal: AbortSignal): Promise<number> {
  const sum = createHash('sha256')
  let count = 0
  async function* text(): AsyncGenerator<string> {
    const line = (value: object) => {
      const written = `${JSON.stringify(value)}\n`
      sum.update(written)
      return written
    }
    yield line(header)
    for await (const each of lines) {
      count += 1
      yield line(each)
    }
    yield `${JSON.stringify({ end: { lines: count, sha256: sum.digest('hex') } })}\n`
  }
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(text, createZstdCompress(), file, { signal })
  return count
}

const broken = (path: string, why: string) => new CommandError(`${path} is not a whole backup: ${why}.`)

/**
 * Reads a backup line by line, header first. Whether it is whole shows at its end, so what must not be done by half is done on a second
 * reading.
 *
 * @throws CommandError where it is not a backup, damaged or cut off
 */
export async function* readBackup(path: string): AsyncGenerator<Header | Line> {
  const sum = createHash('sha256')
  let ended: Static<typeof End>['end'] | null = null
  let count = -1
  const bytes = createZstdDecompress()
  // What goes wrong shows where the bytes are read.
  pipeline(createReadStream(path), bytes).catch(() => undefined)
  try {
    for await (const lines of splitLines(bytes, LONGEST_LINE)) {
      for (const line of lines) {
        if ('error' in line) throw broken(path, `line ${line.number} ${line.error}`)
        const value: unknown = JSON.parse(line.text)
        if (ended) throw broken(path, 'something follows its end')
        if (Value.Check(End, value)) {
          ended = value.end
          continue
        }
        sum.update(`${line.text}\n`)
        count += 1
        if (count === 0) yield checkHeader(path, value)
        else yield value as Line
      }
    }
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw broken(path, (error as Error).message)
  }
  if (!ended) throw broken(path, 'its end is missing')
  if (ended.lines !== count || !same(ended.sha256, sum)) throw broken(path, 'its checksum is another one')
}

const same = (expected: string, sum: Hash) => sum.digest('hex') === expected

function checkHeader(path: string, value: unknown): Header {
  if (!Value.Check(Header, value)) throw broken(path, 'it does not begin as one')
  if (value.format > FORMAT) throw new CommandError(`${path} was made by a newer Footfall (${value.version}); restore it with that.`)
  return value
}
