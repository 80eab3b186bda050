import type { Event } from '../lib/event.ts'

/** A sealed part of the journal. Its number grows; its content never changes again, so number and content name a batch. */
export interface Segment {
  number: number
  events: Event[]
  /** Bytes it takes. */
  bytes: number
  /** An earlier process made it, and may have stored it, whole or in part. */
  left: boolean
}

/**
 * Keeps events between the 202 and the store. What `append` resolved survives kill -9.
 * One reader takes segments in order; a segment that was not released comes again after a restart, the same events under the same number.
 */
export interface Journal {
  /** Random, and the same for ever: with a segment's number it names a batch among all installations. */
  readonly id: string
  /** Resolves when the events are durable. Rejects with code `unavailable` at the bound or where the disk refuses: nothing was accepted then. */
  append(events: Event[]): Promise<void>
  /** Oldest unreleased segment, sealing the open one if need be; null when there is nothing to write. */
  take(): Promise<Segment | null>
  /** The segment is stored; its space is free again. */
  release(segment: Segment): Promise<void>
  /** Bytes waiting, and the bound. */
  depth(): { bytes: number; limit: number; segments: number }
  /** Waits for what is on its way and closes the files. What was not released stays for the next start. */
  close(): Promise<void>
}
