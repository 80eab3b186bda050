import { Type } from 'typebox'

/** Says in words why something was not counted. */
export const GOATCOUNTER_HEADER = 'x-goatcounter'
/** From this code on, the page says that a robot looks at it: 150 phantom … 153 webdriver. */
export const FIRST_BOT_CODE = 150

const Text = (description: string) => Type.Optional(Type.String({ description }))

/** Parameters of `GET|POST /count`. Source: shared field notes 3.4; `site` is ours. */
export const CountQuery = Type.Object(
  {
    p: Text('Path of the page, or name of the event. Default: the path of the Referer header'),
    e: Text('`true`: an event'),
    r: Text('Referrer'),
    q: Text('Query of the page, for campaigns'),
    t: Text('Title of the page'),
    s: Text('Screen: width,height,scale; the class of its width is kept'),
    b: Text('Why the page thinks that it is looked at by a robot: 0, or 150 and more'),
    ns: Text('Ignored: a visit is told by the server'),
    rnd: Text('Ignored: keeps caches away'),
    site: Text('Domain or alias of the site. Default: the host of the Referer or Origin header, else the host that was called'),
  },
  { $id: 'CountQuery' },
)

export const COUNT_LIMITS = { hits: 500 } as const

/** Body of `POST /api/v0/count`. Keys that are not here are ignored. */
export const CountBatch = Type.Object(
  {
    hits: Type.Array(
      Type.Object({
        path: Type.String(),
        event: Type.Optional(Type.Boolean()),
        title: Text('Title of the page'),
        size: Type.Optional(Type.Unknown({ description: 'Screen: [width, height, scale], or as text with commas' })),
        ref: Text('Referrer'),
        query: Text('Query of the page, for campaigns'),
        bot: Type.Optional(Type.Integer()),
        ip: Type.String({ description: 'Address of the visitor' }),
        user_agent: Type.String(),
        created_at: Text('ISO 8601; at most 48 hours ago'),
      }),
      { minItems: 1, maxItems: COUNT_LIMITS.hits },
    ),
  },
  { $id: 'CountBatch' },
)

export const CountAnswer = Type.Object(
  { errors: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'What is wrong, by the index of the hit' })) },
  { $id: 'CountAnswer' },
)
