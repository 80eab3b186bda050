import { Type, type Static } from 'typebox'

const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Day = Type.String({ description: 'YYYY-MM-DD in the time zone of the site' })
const Moment = Type.String({ format: 'date-time' })

/** `GET /api/v1/sites/DOMAIN/keeping`: without `months`, those that the site has now. */
export const KeepingAsked = Type.Object({
  months: Type.Optional(
    Type.String({ pattern: '^([1-9]|[1-9][0-9]|1[01][0-9]|120)$', description: '1 to 120: what would go if it were these' }),
  ),
})

/** How long a site's data is kept, and what goes by that. */
export const Keeping = Type.Object(
  {
    months: Type.Union([Type.Integer(), Type.Null()], { description: 'Those asked about, or those of the site; null: for ever' }),
    first_day: Type.Union([Day, Type.Null()], { description: 'The first day that is kept at this moment' }),
    events: Count('Older ones that are still there: what the next run erases'),
    visits: Count('The same of visits'),
    next_run: Type.Union([Moment, Type.Null()], { description: 'When the next run is due; it comes within the hour' }),
    last_run: Type.Union([
      Type.Object({
        at: Moment,
        first_day: Day,
        events: Count('Erased in this run'),
        visits: Count('Erased in this run'),
      }),
      Type.Null(),
    ]),
  },
  { $id: 'Keeping' },
)
export type Keeping = Static<typeof Keeping>
