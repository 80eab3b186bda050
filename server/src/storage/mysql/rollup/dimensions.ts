import { VISIT_ATTRIBUTES } from '@footfall/contract/names.ts'
import type { Condition, EventMeasure, Field, Part, VisitMeasure } from '../../question.ts'
import { hash128 } from '../literals.ts'
import { KINDS } from '../schema.ts'

/** What is summed up: which half of a question, and by what. */
export interface RolledDimension {
  of: 'events' | 'visits'
  /** Told apart in the tables by this; never given out twice. */
  number: number
  /** Nothing, the hours of the clock, the day of a visit's last event, or a field. */
  by: 'nothing' | 'hour' | 'ended' | Field
}

const NONE: Condition = { kind: 'all', of: [] }

export const EVENT_MEASURES = ['visitors', 'visits', 'pageviews', 'events', 'engagement', 'engaged'] as const satisfies EventMeasure[]
export const DEPTH_MEASURES = ['scroll', 'scrolled'] as const
export const VISIT_MEASURES = ['visitors', 'visits', 'bounces', 'duration', 'views'] as const satisfies VisitMeasure[]

/** Tables of sums, their columns after the key, and the parts of a question that fill them. */
export const ROLLUP_TABLES = {
  events: {
    table: 'event_rollups',
    columns: [...EVENT_MEASURES, ...DEPTH_MEASURES],
    parts: [
      { of: 'events', rows: true, where: NONE, keys: [], measures: [...EVENT_MEASURES] },
      { of: 'depths', rows: false, where: NONE, keys: [], measures: [...DEPTH_MEASURES] },
    ],
  },
  visits: {
    table: 'visit_rollups',
    columns: VISIT_MEASURES,
    parts: [{ of: 'visits', rows: true, where: NONE, entry: NONE, keys: [], measures: [...VISIT_MEASURES] }],
  },
} as const satisfies Record<RolledDimension['of'], { table: string; columns: readonly string[]; parts: Part[] }>

const attributes = VISIT_ATTRIBUTES.map((name) => [`visit:${name}` as Field, KINDS[name] as number] as const)

const NUMBERS: Record<RolledDimension['of'], readonly (readonly [RolledDimension['by'], number])[]> = {
  events: [
    ['nothing', 0],
    ['hour', 1],
    ['event:name', 3],
    ['event:page', 4],
    ['event:hostname', 5],
    ['event:page_title', 6],
    ...attributes,
  ],
  visits: [
    ['nothing', 0],
    ['hour', 1],
    ['ended', 2],
    ['visit:entry_page', 101],
    ['visit:exit_page', 102],
    ['visit:entry_page_hostname', 103],
    ['visit:exit_page_hostname', 104],
    ...attributes,
  ],
}

export const ROLLED: readonly RolledDimension[] = (['events', 'visits'] as const).flatMap((of) =>
  NUMBERS[of].map(([by, number]) => ({ of, by, number })),
)

const byName = new Map(ROLLED.map((dimension) => [`${dimension.of} ${dimension.by}`, dimension]))

/** The sums of a half by something, if they are kept. */
export const rolledBy = (of: RolledDimension['of'], by: RolledDimension['by']): RolledDimension | undefined => byName.get(`${of} ${by}`)

/** Rows of an hour belong to one day: nobody is counted twice in them. */
export const hasBorders = ({ by }: RolledDimension): boolean => by !== 'hour'

/**
 * Sums made for another list of dimensions or measures are no answer to ours: they are made again. Raise the number in front where
 * what a sum means changes.
 */
export const SHAPE: string = hash128(`1 ${JSON.stringify([ROLLED, ROLLUP_TABLES])}`).slice(2, 34)
