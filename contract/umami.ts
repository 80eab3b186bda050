import { Type, type Static } from 'typebox'

/** Bounds of Umami's data, beyond those of every event (contract/event.ts). Longer text is cut, as Umami does. */
export const UMAMI_LIMITS = { textChars: 500, depth: 10 } as const

/** Carries the `cache` of the last answer back. It is not read: who somebody is, the server works out afresh each time. */
export const UMAMI_CACHE_HEADER = 'x-umami-cache'
/** Headers that Umami's tracker sends, so that a preflight must allow them. */
export const UMAMI_HEADERS = [UMAMI_CACHE_HEADER, 'x-umami-website-id', 'x-umami-hostname'] as const

/** Name under which web vitals are kept, as our own tracker sends them (docs/tracker.md): an event that does not cancel a bounce. */
export const WEB_VITALS_EVENT = 'web-vitals'
export const WEB_VITALS = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const

const Text = (description?: string) => Type.Optional(Type.String(description === undefined ? {} : { description }))

/** Body of `POST /api/send`, one item of `POST /api/batch`. Source: shared field notes 3.3. Unknown keys are ignored. */
export const UmamiMessage = Type.Object(
  {
    type: Type.Enum(['event', 'identify', 'performance', 'engagement'], {
      description: 'identify counts nothing; its `data` are traits of the visitor `id`, where the site has the option `identify`',
    }),
    payload: Type.Object({
      website: Type.String({ description: 'Alias of a site (its id in Umami), or its domain' }),
      url: Text('Address of the page, or its path'),
      hostname: Text(),
      referrer: Text(),
      name: Text('Absent: a page view'),
      data: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Properties; `revenue` and `currency` make revenue' })),
      tag: Text('Kept as the property `tag`'),
      language: Text(),
      screen: Text('WIDTHxHEIGHT; the class of the width is kept'),
      title: Text('Title of the page'),
      id: Text('Who visits, in the words of the site: our `uid`'),
      ip: Text('Needs a key of the scope `events`, as do the next two'),
      userAgent: Text(),
      timestamp: Type.Optional(Type.Number({ description: 'Unix seconds' })),
      engagement: Type.Optional(Type.Number({ description: 'Milliseconds, with the type engagement' })),
      ...Object.fromEntries(WEB_VITALS.map((name) => [name, Type.Optional(Type.Number())])),
    }),
  },
  { $id: 'UmamiMessage' },
)

export const UmamiAnswer = Type.Union(
  [
    Type.Object({ cache: Type.String(), sessionId: Type.String(), visitId: Type.String() }),
    Type.Object({ beep: Type.Literal('boop') }, { description: 'A robot' }),
  ],
  { $id: 'UmamiAnswer' },
)
export type UmamiAnswer = Static<typeof UmamiAnswer>

export const UmamiBatchAnswer = Type.Object(
  {
    size: Type.Integer(),
    processed: Type.Integer(),
    errors: Type.Integer(),
    details: Type.Array(Type.Object({ index: Type.Integer(), response: Type.Unknown() }), { description: 'The items that were refused' }),
    cache: Type.Optional(Type.String()),
  },
  { $id: 'UmamiBatchAnswer' },
)
export type UmamiBatchAnswer = Static<typeof UmamiBatchAnswer>
