import { mkdir, rm, truncate } from 'node:fs/promises'
import { AppError } from '../errors.ts'
import type { Log } from '../lib/app.ts'
import type { Event } from '../lib/event.ts'
import { seldom } from '../lib/seldom.ts'
import { FRAME_OVERHEAD, encodeFrame } from './frames.ts'
import type { Journal, Segment } from './journal.ts'
import { readSegment } from './read-segment.ts'
import { createSegment, identify, leftSegments, makeDurable, type Open, type Sealed } from './segment-files.ts'

export interface FileJournalOptions {
  /** Made if it is missing. Only one process may use it. */
  directory: string
  clock: () => number
  log: Log
  /** Bytes that may wait for the store before appends are refused. Default 1 GB. */
  limit?: number
  /** A segment is sealed before it grows beyond these: one segment is one batch of the writer. */
  segmentBytes?: number
  segmentEvents?: number
  /**
   * While the sealed segments together are no larger, their events stay in memory beside the files, so that the writer need not read
   * and parse what it was just told. Where the store lags behind, the files are all there is, as after a restart.
   */
  keptBytes?: number
}

/** Bytes of a frame that takes no further events. */
const FULL_FRAME = 1_000_000

interface Append {
  /** The events as a JSON array. */
  text: string
  /** Of the text in UTF-8. */
  bytes: number
  events: Event[]
  resolve(): void
  reject(error: unknown): void
}

/**
 * Opens the journal of local files in a directory. See docs/adr for format and promises.
 *
 * Group commit: what is appended while a write and its fdatasync are under way goes into the next one, so the disk does
 * one sync for all that wait. After an error the file is cut back to its durable end and never written again: a half-written
 * frame would hide those behind it, and after a failed fsync Linux may call lost pages clean.
 *
 * @throws StartError where a segment was written by a newer version
 */
export async function openFileJournal(options: FileJournalOptions): Promise<Journal> {
  const { directory, clock, log, limit = 1e9, segmentBytes = 8e6, segmentEvents = 10_000, keptBytes = 16e6 } = options
  await mkdir(directory, { recursive: true })
  const sealed: Sealed[] = await leftSegments(directory)
  const identity = await identify(directory, clock, sealed.at(-1)?.number ?? 0)
  let sealedBytes = sealed.reduce((sum, segment) => sum + segment.bytes, 0)
  let current: Open | null = null
  let spare: Promise<Open> | null = null
  let waiting: Append[] = []
  let waitingBytes = 0
  let scheduled = false
  let closed = false
  let tail: Promise<unknown> = Promise.resolve()
  const dueAgain = seldom(10_000, clock)

  /** Runs one piece of work at a time, in order of the calls. */
  function exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const run = tail.then(work)
    tail = run.catch(() => undefined)
    return run
  }

  const bytesWaiting = () => sealedBytes + (current?.bytes ?? 0) + waitingBytes

  /** The next file is made ahead of its use: creating one takes three syncs, which no visitor should wait for. */
  function prepare(): Promise<Open> {
    if (spare) return spare
    const made = identity.next().then((number) => createSegment(directory, number))
    // A failure is not kept: the disk may have room again when the file is needed.
    made.catch(() => (spare = null))
    spare = made
    return made
  }

  async function openSegment(): Promise<Open> {
    const opened = await prepare()
    spare = null
    return opened
  }

  async function seal(): Promise<void> {
    if (!current) return
    const { number, path, bytes, file, events } = current
    current = null
    if (events.length > 0) {
      sealedBytes += bytes
      sealed.push({ number, path, bytes, mayBeTorn: false, left: false, events: sealedBytes > keptBytes ? null : events })
    }
    await file.close()
    if (events.length === 0) await rm(path, { force: true })
  }

  async function commit(): Promise<void> {
    scheduled = false
    const group = waiting
    waiting = []
    const waited = group.reduce((sum, append) => sum + append.bytes, 0)
    const events = group.reduce((sum, append) => sum + append.events.length, 0)
    try {
      const frames = framesOf(group)
      const bytes = frames.length
      if (current && current.events.length > 0 && (current.bytes + bytes > segmentBytes || current.events.length + events > segmentEvents))
        await seal()
      current ??= await openSegment()
      await writeAll(current, frames)
      current.bytes += bytes
      for (const append of group) {
        current.events.push(...append.events)
        append.resolve()
      }
      void prepare()
    } catch (error) {
      const unsaid = dueAgain((error as NodeJS.ErrnoException).code ?? String(error))
      if (unsaid !== null) log.error({ err: error, events, unsaid }, 'the journal cannot be written; events are refused until it can')
      await abandon()
      const refusal = new AppError('unavailable', 'Events cannot be stored at the moment', { retryAfter: 5, cause: error })
      for (const append of group) append.reject(refusal)
    } finally {
      waitingBytes -= waited
    }
  }

  async function abandon(): Promise<void> {
    if (!current) return
    const { path, bytes } = current
    await seal().catch((error: unknown) => log.error({ err: error }, 'closing a journal file failed'))
    // Where even this fails, the checksum ends the segment at the same place.
    await truncate(path, bytes).catch(() => undefined)
  }

  return {
    id: identity.id,

    async append(events) {
      if (events.length === 0) return
      const text = JSON.stringify(events)
      const bytes = Buffer.byteLength(text)
      if (closed || bytesWaiting() + bytes + FRAME_OVERHEAD > limit) {
        const reason = closed ? 'The server is stopping' : 'Too many events wait to be stored'
        throw new AppError('unavailable', reason, { retryAfter: 5 })
      }
      waitingBytes += bytes
      await new Promise<void>((resolve, reject) => {
        waiting.push({ text, bytes, events, resolve, reject })
        if (scheduled) return
        scheduled = true
        void exclusive(commit)
      })
    },

    async take() {
      for (;;) {
        if (sealed.length === 0) await exclusive(seal)
        const oldest = sealed[0]
        if (!oldest) return null
        const before = oldest.bytes
        const events = oldest.events ?? (await readSegment(oldest, log))
        sealedBytes += oldest.bytes - before
        if (events.length > 0) return { number: oldest.number, events, bytes: oldest.bytes, left: oldest.left }
        await drop(oldest.number)
      }
    },

    release: (segment: Segment) => drop(segment.number),

    depth: () => ({ bytes: bytesWaiting(), limit, segments: sealed.length + (current || waiting.length > 0 ? 1 : 0) }),

    async close() {
      closed = true
      await exclusive(seal)
      const unused = await spare?.catch(() => null)
      if (!unused) return
      await unused.file.close()
      await rm(unused.path, { force: true })
    },
  }

  async function drop(number: number): Promise<void> {
    const index = sealed.findIndex((segment) => segment.number === number)
    const [released] = index === -1 ? [] : sealed.splice(index, 1)
    if (!released) return
    sealedBytes -= released.bytes
    await rm(released.path, { force: true })
  }
}

/**
 * The events of a group as few frames: one for all that waited is 1 µs an event cheaper than one for each, and none of them was promised
 * anything before all are on disk. A frame is closed where it has enough, since a torn one is lost whole.
 */
function framesOf(group: readonly Append[]): Buffer {
  const frames: Buffer[] = []
  let lists: string[] = []
  let bytes = 0
  const close = () => {
    frames.push(encodeFrame(lists.length === 1 ? lists[0]! : `[${lists.map((list) => list.slice(1, -1)).join(',')}]`))
    lists = []
    bytes = 0
  }
  for (const append of group) {
    if (lists.length > 0 && bytes + append.bytes > FULL_FRAME) close()
    lists.push(append.text)
    bytes += append.bytes
  }
  close()
  return frames.length === 1 ? frames[0]! : Buffer.concat(frames)
}

/** Writes behind the durable end. The file is open for durable writes (segment-files.ts): once the write has ended, the disk has it. */
async function writeAll(segment: Open, frames: Buffer): Promise<void> {
  let written = 0
  // A disk that fills up writes a part and fails on the next attempt.
  while (written < frames.length) {
    const { bytesWritten } = await segment.file.write(frames, written, frames.length - written, segment.bytes + written)
    written += bytesWritten
  }
  await makeDurable(segment.file)
}
