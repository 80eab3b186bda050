import { Type, type Static } from 'typebox'
import { DROP_REASONS, type DropReason } from './names.ts'

const reasons = Object.keys(DROP_REASONS) as DropReason[]
const Reason = Type.Unsafe<DropReason>(Type.String({ enum: reasons }))

export const DroppedAsked = Type.Object({
  date_range: Type.Optional(
    Type.String({ maxLength: 100, description: 'As in the Stats API; a pair is joined by a comma: 2026-06-01,2026-06-17. Default: 30d' }),
  ),
})

/** `GET /api/v1/sites/DOMAIN/dropped?date_range=`: what was not counted, and why. */
export const Dropped = Type.Object(
  {
    total: Type.Integer(),
    reasons: Type.Array(
      Type.Object({ reason: Reason, sentence: Type.String({ description: 'The reason in words' }), events: Type.Integer() }),
      { description: 'Most frequent first' },
    ),
    days: Type.Array(
      Type.Object({
        date: Type.String({ format: 'date', description: 'In the time zone of the site' }),
        events: Type.Integer(),
        reasons: Type.Unsafe<{ [Reason in DropReason]?: number }>(Type.Record(Type.String(), Type.Integer())),
      }),
      { description: 'Days on which something was dropped, in order' },
    ),
    query: Type.Object({
      site_id: Type.String(),
      date_range: Type.Array(Type.String({ format: 'date' }), { description: 'First and last day: whole days are counted' }),
    }),
  },
  { $id: 'Dropped' },
)
export type Dropped = Static<typeof Dropped>
