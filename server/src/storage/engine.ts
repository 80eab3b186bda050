import type { StoredEvent, Visit } from '../lib/event.ts'
import type { NoteSource, Question, Row } from './question.ts'
import type { ReportKind, Reports } from './reports.ts'
import type { Rollups } from './rollups.ts'

/** Events and visits that become visible together. */
export interface Batch {
  /** Names the batch for ever: writing the same token again changes nothing. */
  token: string
  events: StoredEvent[]
  /** Whole rows as they stand after the batch; they replace earlier rows of the same visits. */
  visits: Visit[]
  /** It may have been tried before: by a process that ended, or without an answer. An engine may then look closer. */
  again?: boolean
}

/**
 * The store understood the batch and will never take it: something in its data is out of range. Any other failure of
 * `write` may pass and is tried again.
 */
export class BatchRefused extends Error {
  override name = 'BatchRefused'
}

/** Which visits a writer wants back: its memory after a restart, or the past of imported visitors. */
export type VisitSearch =
  /** Every visit active at or after this Unix second. */
  | { activeSince: number }
  /** Visits of these visitors of one site that touch the period; seconds, both ends included. */
  | { site: number; visitors: string[]; from: number; to: number }

/** What is exported; Unix seconds, both ends included. */
export interface ExportRange {
  site: number
  from: number
  to: number
}

/** What is older than a moment of a site. */
export interface Older {
  site: number
  /** The site's: sums are of its days. */
  timezone: string
  /** Unix second with which a day of the zone begins. */
  before: number
}

/**
 * A writer's turn at the store. Where several processes write, one has it at a time: what it reads stays as it is until its batch
 * is stored. See docs/adr/0009-turns.md.
 */
export interface Turn extends Pick<Engine, 'visits' | 'knownIds' | 'recentIds' | 'write' | 'fits'> {
  /** For the visits of this turn's batch (`Visit.batch`): larger than that of any turn before, of any writer. */
  number: number
  /** Number of the last turn before this one, whoever had it; null where the store has one writer only. */
  before: number | null
  /** Whether a batch is stored whole, so that nothing is left to do. May answer no where `write` finds out by itself. */
  stored(token: string): Promise<boolean>
}

/**
 * A store of events. Two exist (clickhouse/, mysql/), with the same file names inside, the same tests and,
 * to the last digit, the same answers. Nothing outside storage/ holds event SQL.
 */
export interface Engine {
  readonly name: string
  /** Brings the schema up to date. Throws where the store is newer than the program, or not ours. */
  migrate(): Promise<void>
  /**
   * Stores a batch exactly once, however often it is called with the same token.
   * @throws BatchRefused for data it will never take; then nothing of the batch is stored
   */
  write(batch: Batch): Promise<void>
  /**
   * Tries what `write` would do, and stores nothing. As dear as `write`: to find what was refused.
   * @throws BatchRefused where `write` would
   */
  fits(batch: Batch): Promise<void>
  /**
   * Waits for a turn and runs `work` in it. What its `write` stored is there when this resolves; where it rejects, an engine with
   * transactions has stored nothing of it, unless only the answer was lost. `work` may be run again after a passing failure.
   * @param segment number of the journal's segment: the turn's own where there is one writer
   */
  turn<Result>(segment: number, work: (turn: Turn) => Promise<Result>): Promise<Result>
  /** Answers one question. `signal` cancels it where the client has left; `note` is told where the answer was read. */
  run(question: Question, signal?: AbortSignal, note?: NoteSource): Promise<Row[]>
  /** Sums of days; absent where rows are fast enough. */
  rollups?: Rollups
  /** Answers one question of another kind (reports.ts). */
  report<Kind extends ReportKind>(kind: Kind, question: Reports[Kind]['question'], signal?: AbortSignal): Promise<Reports[Kind]['answer']>
  /**
   * Every event of a site and period, in pages of bounded size. In an order of the store's own, but those of a visitor in one
   * second stand in the order in which they were stored. What is stored meanwhile may be missing.
   */
  export(range: ExportRange, signal?: AbortSignal): AsyncIterable<StoredEvent[]>
  /** The same as the bytes of a Parquet file: the same columns and types from every store. */
  parquet(range: ExportRange, signal?: AbortSignal): AsyncIterable<Uint8Array>
  visits(search: VisitSearch): Promise<Visit[]>
  /** Which of these event ids the site has already, among events from `since` (Unix seconds) on. */
  knownIds(site: number, ids: string[], since: number): Promise<Set<string>>
  /** Ids stored since then, newest first, at most `limit`: the writer's memory of retries. */
  recentIds(since: number, limit: number): Promise<{ site: number; id: string; at: number }[]>
  /** First event of a site, Unix seconds. Answers `date_range: all`. */
  firstEventAt(site: number): Promise<number | null>
  /** Erases everything of a site. */
  forget(site: number): Promise<void>
  /** Erases one visitor: events and visits that began at or before `until` (Unix seconds). Texts that others may share stay. */
  forgetVisitor(person: { site: number; visitor: string; until: number }): Promise<void>
  /** How much `eraseOlder` would erase. */
  countOlder(older: Older): Promise<{ events: number; visits: number }>
  /**
   * Erases visits that began before a moment, each whole, with its events. May be called again, also after it was cut short. Nothing is to
   * be written for that time meanwhile. `signal` ends it between two steps.
   */
  eraseOlder(older: Older, signal?: AbortSignal): Promise<void>
  /** Version of the store, in its own words. */
  version(): Promise<string>
  /** Resolves if the store answers. */
  ping(): Promise<void>
  /** Resolves if the copy that answers questions does so, and is not behind; absent where there is none. */
  pingReplica?(): Promise<void>
  close(): Promise<void>
}
