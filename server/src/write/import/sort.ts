import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Event } from '../../lib/event.ts'

/** An event and the line of the import it stood on. */
export interface Entry {
  line: number
  event: Event
}

/** Puts entries in order of time; those of one second stay in order of their lines. */
export interface EntrySorter {
  add(entry: Entry): Promise<void>
  /** All entries in order. Call it once, after the last `add`. */
  sorted(): AsyncGenerator<Entry>
}

/** Files merged at once; each holds a descriptor and one buffer. */
const FAN_IN = 64

const byTime = (a: Entry, b: Entry) => a.event.at - b.event.at || a.line - b.line

/**
 * Sorts any number of entries in constant memory: sorted runs go to files of `directory`, and are merged. An import that fits
 * into one run touches no disk.
 * @param directory exists, is empty, and is removed by the caller
 * @param runLength entries in memory; one takes about 1.5 kB
 */
export function entrySorter(directory: string, runLength = 20_000): EntrySorter {
  let run: Entry[] = []
  /** `levels[n]` holds runs of about FAN_IN^n × runLength entries, so that each entry is written once a level. */
  const levels: string[][] = []
  let files = 0

  async function addRun(entries: AsyncIterable<Entry> | Entry[], level: number): Promise<void> {
    const path = join(directory, `${files++}.run`)
    await writeRun(path, entries)
    const paths = (levels[level] ??= [])
    paths.push(path)
    if (paths.length < FAN_IN) return
    levels[level] = []
    await addRun(merge(paths.map(readRun)), level + 1)
    await Promise.all(paths.map((merged) => rm(merged)))
  }

  return {
    async add(entry) {
      run.push(entry)
      if (run.length < runLength) return
      const full = run
      run = []
      await addRun(full.toSorted(byTime), 0)
    },
    async *sorted() {
      run.sort(byTime)
      const paths = levels.flat()
      if (paths.length === 0) yield* run
      else yield* merge([...paths.map(readRun), each(run)])
    },
  }
}

async function* each(entries: Entry[]): AsyncGenerator<Entry> {
  yield* entries
}

async function writeRun(path: string, entries: AsyncIterable<Entry> | Entry[]): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 })
  for await (const entry of entries) {
    if (!file.write(`${JSON.stringify(entry)}\n`)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
}

async function* readRun(path: string): AsyncGenerator<Entry> {
  const file = createReadStream(path)
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Infinity })) yield JSON.parse(line) as Entry
  } finally {
    file.destroy()
  }
}

/** A heap would save comparisons; with 64 runs they cost less than reading the lines. */
async function* merge(runs: AsyncGenerator<Entry>[]): AsyncGenerator<Entry> {
  const heads: { entry: Entry; rest: AsyncGenerator<Entry> }[] = []
  try {
    for (const rest of runs) {
      const first = await rest.next()
      if (!first.done) heads.push({ entry: first.value, rest })
    }
    while (heads.length > 0) {
      let least = heads[0]!
      for (const head of heads) if (byTime(head.entry, least.entry) < 0) least = head
      yield least.entry
      const next = await least.rest.next()
      if (next.done) heads.splice(heads.indexOf(least), 1)
      else least.entry = next.value
    }
  } finally {
    for (const { rest } of heads) await rest.return(undefined)
  }
}
