import { Type, type Static } from 'typebox'
import { EventBody } from './event.ts'

/** Bounds of every request that carries several events. */
export const BATCH_LIMITS = {
  bodyBytes: 1_048_576,
  /** Events in one request; one that names several sites counts once for each. */
  events: 1_000,
} as const

/** What only a sender with a key of the scope `events` may state; from others these keys are ignored. */
export const StatedBody = Type.Object({
  ip: Type.Optional(Type.String({ description: 'Address of the visitor' })),
  user_agent: Type.Optional(Type.String({ description: 'User agent of the visitor' })),
  timestamp: Type.Optional(
    Type.Union([Type.String({ format: 'date-time' }), Type.Number()], {
      description: 'When it happened: ISO 8601 with an offset, or milliseconds since 1970. At most 48 hours ago',
    }),
  ),
})

/** Body of `POST /api/events`: bodies of `POST /api/event`. */
export const EventBatch = Type.Array(Type.Object({ ...EventBody.properties, ...StatedBody.properties }), {
  maxItems: BATCH_LIMITS.events,
  $id: 'EventBatch',
})

/** Answer to `POST /api/events`: what became of each item, in their order. */
export const BatchAnswer = Type.Array(
  Type.Object({
    status: Type.Union([Type.Literal(202), Type.Literal(400)]),
    dropped: Type.Optional(Type.String({ description: 'Why it is not counted; the first reason of several sites' })),
    errors: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  }),
  { $id: 'BatchAnswer' },
)
export type BatchAnswer = Static<typeof BatchAnswer>
