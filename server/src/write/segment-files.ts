import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readFile, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../errors.ts'
import type { Event } from '../lib/event.ts'
import { FORMAT, HEADER, formatOf } from './frames.ts'

/** A segment file that nothing is appended to any more. */
export interface Sealed {
  number: number
  path: string
  bytes: number
  /** It may end in a frame that a crash cut short; nobody was told that this one was safe. */
  mayBeTorn: boolean
  /** It was there when the journal was opened. */
  left: boolean
  /** Its events, where they are still in memory: those that were appended, in order. */
  events: Event[] | null
}

/** The segment file that takes appends. `bytes` are durable. */
export interface Open {
  number: number
  path: string
  file: FileHandle
  bytes: number
  events: Event[]
}

/** Numbers reserved at once: they are milliseconds, so this is one small write a minute. */
const RESERVE = 60_000

const pathOf = (directory: string, number: number) => join(directory, `${String(number).padStart(16, '0')}.segment`)

/** Makes a directory entry durable: a file that was synced can still be missing from its directory after a power cut. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * On Linux every write to a segment ends only when its data are on disk: one visit to the thread pool instead of two, 95 µs of processor time a
 * commit instead of 120. Elsewhere they are asked for one by one: macOS calls data durable that are in the disk's own memory, while
 * Node's `datasync` has them written.
 */
const DURABLE_WRITES = process.platform === 'linux' ? constants.O_DSYNC : 0

/** Waits until the disk has what was written to a segment. */
export async function makeDurable(file: FileHandle): Promise<void> {
  if (DURABLE_WRITES === 0) await file.datasync()
}

/** Makes the next segment file, durable with its header. Leaves nothing behind where that fails. */
export async function createSegment(directory: string, number: number): Promise<Open> {
  const path = pathOf(directory, number)
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | DURABLE_WRITES)
  try {
    await file.write(HEADER)
    await file.sync()
    await syncDirectory(directory)
    return { number, path, file, bytes: HEADER.length, events: [] }
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
}

/**
 * Finds what an earlier process left, oldest first. Empty segments are removed; none is read further than its header,
 * so that a start with a gigabyte of backlog costs nothing.
 * @throws StartError where a segment has a newer format
 */
export async function leftSegments(directory: string): Promise<Sealed[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{16}\.segment$/.test(name)).toSorted()
  const left: Sealed[] = []
  for (const name of names) {
    const path = join(directory, name)
    const { size } = await stat(path)
    if (size <= HEADER.length) {
      await rm(path)
      continue
    }
    const format = formatOf(await firstBytes(path))
    if (format !== null && format > FORMAT) {
      throw new StartError(
        `${path} was written by a newer version of Footfall (format ${format}, this one knows ${FORMAT}); start that version once and let it finish.`,
      )
    }
    left.push({ number: Number(name.slice(0, 16)), path, bytes: size, mayBeTorn: false, left: true, events: null })
  }
  const last = left.at(-1)
  if (last) last.mayBeTorn = true
  return left
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER.length))
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** What a journal is called, and from which number on no segment was ever made. */
export interface Identity {
  id: string
  /** Answers a number larger than any before, in this run and in earlier ones. */
  next(): Promise<number>
}

/**
 * Numbers are milliseconds since 1970, or the last number + 1 where that is larger: so they grow through restarts,
 * and even where the directory was lost and the store was not. Since clocks can be set back, a number that is still
 * unused is on disk before any number below it is used.
 */
export async function identify(directory: string, clock: () => number, atLeast: number): Promise<Identity> {
  const path = join(directory, 'journal.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const known = text === null ? { id: randomBytes(8).toString('hex'), unused: 0 } : (JSON.parse(text) as { id: string; unused: number })
  let last = Math.max(known.unused, atLeast + 1) - 1
  let unused = 0
  const reserve = async (upTo: number) => {
    const file = await open(`${path}.new`, 'w')
    try {
      await file.writeFile(`${JSON.stringify({ id: known.id, unused: upTo })}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.new`, path)
    await syncDirectory(directory)
    unused = upTo
  }
  return {
    id: known.id,
    async next() {
      const number = Math.max(last + 1, clock())
      if (number >= unused) await reserve(number + RESERVE)
      last = number
      return number
    },
  }
}
