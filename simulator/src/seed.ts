import { setTimeout as pause } from 'node:timers/promises'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { ImportResult } from '@footfall/contract/import.ts'
import { seedLines } from './history.ts'
import type { SiteProfile } from './profile.ts'
import { createProgress, type Progress } from './progress.ts'
import { SITES } from './sites.ts'

export { seedLines, type HistoryOptions } from './history.ts'
export { DEMO_SITES, SITES, type DemoSite } from './sites.ts'

/** Lines a day over the three sites where nobody says otherwise: 135,000 in 90 days, which imports in seconds. */
const EVENTS_A_DAY = 1_500
/** Text is handed over in pieces of about this many characters: single lines cost a write each. */
const PIECE = 64 * 1024
/** Times that a site is tried before giving up. Repeating is harmless, since every line carries an id. */
const TRIES = 4

export interface SeedOptions {
  /** Address of the server, with its path where it has one. */
  baseUrl: string
  /** API key with the scope `import`. */
  key: string
  sites?: readonly SiteProfile[]
  /** Days of history before `now`; default 90. */
  days?: number
  /** Lines over all sites; default 1,500 a day. */
  events?: number
  /** The same number makes the same history. */
  seedNumber?: number
  /** Where the history ends, milliseconds since 1970. */
  now: number
  /** Takes a line of progress about once a second. */
  log: (line: string) => void
  signal?: AbortSignal
}

export interface SeedResult {
  lines: number
  accepted: number
  duplicates: number
  rejected: number
  seconds: number
}

/**
 * Fills the sites with a history through `POST /api/v1/sites/DOMAIN/import`. The sites must exist. Seeding twice changes nothing.
 * @throws Error where the server refuses (unknown site, key without the scope) or stays away; the signal's reason where it was aborted.
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const { sites = SITES, days = 90, log } = options
  const events = options.events ?? days * EVENTS_A_DAY
  const shares = sites.reduce((sum, site) => sum + site.share, 0)
  const started = performance.now()
  const total: SeedResult = { lines: 0, accepted: 0, duplicates: 0, rejected: 0, seconds: 0 }
  const progress = createProgress(events, log)
  for (const site of sites) {
    const goal = Math.round((events * site.share) / shares)
    const before = progress.done()
    const result = await importSite(site, goal, days, options, progress)
    total.lines += progress.done() - before
    total.accepted += result.accepted
    total.duplicates += result.duplicates
    total.rejected += result.rejected_total
    const refused = result.rejected_total > 0 ? `, ${result.rejected_total} rejected: ${result.rejected[0]?.errors.join(', ') ?? ''}` : ''
    log(`${site.domain}: ${result.accepted} events new, ${result.duplicates} known${refused}`)
  }
  total.seconds = (performance.now() - started) / 1000
  return total
}

async function importSite(
  site: SiteProfile,
  events: number,
  days: number,
  options: SeedOptions,
  progress: Progress,
): Promise<ImportResult> {
  const { baseUrl, key, seedNumber = 1, now, log, signal } = options
  const url = baseUrl.replace(/\/$/, '') + ROUTES.import.replace(':site', encodeURIComponent(site.domain))
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
  for (let attempt = 1; ; attempt++) {
    const mark = progress.done()
    let problem: string
    try {
      const lines = progress.count(seedLines(site, { days, events, seedNumber, now }), site.domain)
      const body = ReadableStream.from(pieces(lines))
      const response = await fetch(url, { method: 'POST', headers, body, duplex: 'half', ...(signal && { signal }) })
      if (response.ok) return (await response.json()) as ImportResult
      problem = `the server answered ${response.status} ${await reason(response)}`
      if (response.status < 500 && response.status !== 429) attempt = TRIES
    } catch (error) {
      signal?.throwIfAborted()
      problem =
        error instanceof Error
          ? [error.message, error.cause instanceof Error ? error.cause.message : ''].filter(Boolean).join(': ')
          : String(error)
    }
    if (attempt >= TRIES) throw new Error(`Cannot seed ${site.domain} at ${url}: ${problem}`)
    const seconds = 2 ** (attempt - 1)
    log(`${site.domain}: ${problem}; trying again in ${seconds} s`)
    progress.back(mark)
    await pause(seconds * 1000, undefined, signal && { signal })
  }
}

/** Joins lines to pieces worth a write. */
function* pieces(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < PIECE) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text) yield encoder.encode(text)
}

/** What the server says about a refusal: its `error` where it speaks our format, else the beginning of the text. */
async function reason(response: Response): Promise<string> {
  const text = (await response.text()).slice(0, 300)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'error' in body) return String(body.error)
  } catch {
    // Not JSON: a proxy in between has answered.
  }
  return text
}
