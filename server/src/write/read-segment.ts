import { open, readFile, truncate, writeFile } from 'node:fs/promises'
import type { Log } from '../lib/app.ts'
import type { Event } from '../lib/event.ts'
import { decodeFrames } from './frames.ts'
import type { Sealed } from './segment-files.ts'

/**
 * Reads the events of a sealed segment. A torn end, which nobody was promised, is cut off. Damage anywhere else ends the
 * segment early; the rest is set aside as `.damaged` for a person to look at, and everything after the segment goes on.
 */
export async function readSegment(segment: Sealed, log: Log): Promise<Event[]> {
  // A file abandoned after a failed write may be longer than what is durable.
  const file = (await readFile(segment.path)).subarray(0, segment.bytes)
  const { payloads, good, damage } = decodeFrames(file)
  if (damage !== null) {
    const bytes = file.length - good
    if (segment.mayBeTorn) {
      log.warn({ path: segment.path, bytes, damage }, 'the last write before the crash was not finished; its end is cut off')
    } else {
      await setAside(`${segment.path}.damaged`, file.subarray(good))
      log.error({ path: segment.path, bytes, damage }, 'a journal file is damaged; what cannot be read is kept beside it as .damaged')
    }
    await truncate(segment.path, good)
    segment.bytes = good
  }
  return payloads.flatMap((payload) => JSON.parse(payload.toString()) as Event[])
}

async function setAside(path: string, content: Buffer): Promise<void> {
  await writeFile(path, content)
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
