import { createHmac, randomUUID } from 'node:crypto'

const HOUR = 3_600_000

/** What Umami's answers say of the sender. */
export interface UmamiSession {
  cache: string
  sessionId: string
  visitId: string
}

/**
 * The ids in an answer for Umami's trackers, which send `cache` back with their next message. Ours means nothing: no request
 * is believed for it, and since it is a keyed hash of the day's visitor, it cannot be found in the store either and changes
 * at midnight like the visitor. A visit is told by the writer later, so `visitId` is of the visitor's hour, as Umami's own.
 * @param visitor '0' where nothing was worked out about the sender
 * @param now milliseconds
 */
export function umamiSession(key: Uint8Array, visitor: string, now: number): UmamiSession {
  const who = visitor === '0' ? randomUUID() : visitor
  const digest = (text: string) => createHmac('sha256', key).update(text).digest()
  return {
    cache: digest(`cache,${who}`).toString('base64url'),
    sessionId: uuid(digest(`session,${who}`)),
    visitId: uuid(digest(`visit,${who},${Math.floor(now / HOUR)}`)),
  }
}

/** Random-looking bytes in the form of a UUID, version 8 (RFC 9562: bits of one's own making). */
function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
