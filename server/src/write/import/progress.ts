import { randomUUID } from 'node:crypto'
import { IMPORT_LIMITS, type ImportProgress, type ImportResult } from '@footfall/contract/import.ts'
import type { Rejections } from './rejections.ts'

/** Ended imports of a site, and sites with ended imports, that are remembered; of those under way none is forgotten. */
const KEPT_OF_SITE = 10
const SITES_KEPT = 200

/** What one import tells while it works. */
export interface Watch {
  readonly id: string
  /** Bytes that arrived, and lines that stood in them. */
  read(bytes: number, lines: number): void
  /** All is read: from now on this many lines are to be stored. */
  storing(): void
  /** So many lines more are in the store; counts are those of the whole import so far. */
  stored(lines: number, counted: Pick<ImportResult, 'accepted' | 'duplicates'>): void
  rejections(list: Rejections): void
  done(): void
  failed(reason: string): void
}

export interface ImportWatches {
  begin(site: number): Watch
  /** Imports of a site, newest first. */
  of(site: number): ImportProgress[]
}

/**
 * How imports are doing, for whoever asks while they run and for a while after. In memory: an import does not outlive its process either, and one
 * that was cut off is finished at the next start (pending.ts) or not at all.
 */
export function createImportWatches(clock: () => number): ImportWatches {
  const bySite = new Map<number, { progress: ImportProgress; rejected?: Rejections }[]>()
  const now = () => new Date(clock()).toISOString()

  return {
    begin(site) {
      const progress: ImportProgress = {
        id: randomUUID(),
        state: 'reading',
        started_at: now(),
        finished_at: null,
        read_bytes: 0,
        read_lines: 0,
        stored_lines: 0,
        accepted: 0,
        duplicates: 0,
        rejected: [],
        rejected_total: 0,
        error: null,
      }
      const entry: { progress: ImportProgress; rejected?: Rejections } = { progress }
      const list = (bySite.get(site) ?? []).filter((each, index) => each.progress.finished_at === null || index < KEPT_OF_SITE - 1)
      // Set anew, so that the site that imported longest ago is the first to be forgotten.
      bySite.delete(site)
      bySite.set(site, [entry, ...list])
      for (const [other, entries] of bySite) {
        if (bySite.size <= SITES_KEPT) break
        if (entries.every((each) => each.progress.finished_at !== null)) bySite.delete(other)
      }
      const end = (state: 'done' | 'failed', error: string | null) => Object.assign(progress, { state, error, finished_at: now() })
      return {
        id: progress.id,
        read(bytes, lines) {
          progress.read_bytes += bytes
          progress.read_lines += lines
        },
        storing: () => void (progress.state = 'storing'),
        stored: (lines, counted) => void Object.assign(progress, { stored_lines: progress.stored_lines + lines, ...counted }),
        rejections: (list) => void (entry.rejected = list),
        done: () => void end('done', null),
        failed: (reason) => void end('failed', reason),
      }
    },
    of: (site) =>
      (bySite.get(site) ?? []).map(({ progress, rejected }) => ({
        ...progress,
        rejected: rejected?.first().slice(0, IMPORT_LIMITS.rejectedShown) ?? [],
        rejected_total: rejected?.total() ?? 0,
      })),
  }
}
