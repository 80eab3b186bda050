import { Type, type Static } from 'typebox'

/** A host name, with an optional path for people who keep several sites under one host. */
export const Domain = Type.String({
  minLength: 1,
  maxLength: 253,
  pattern: '^[^\\s,/?#@:]+(:\\d+)?(/[^\\s,?#]*)?$',
  examples: ['example.com'],
})

/**
 * Written into the script that every visitor loads: so not many, and not long. With more than three wildcards a long address could
 * keep a browser busy for seconds.
 */
const PageGlobs = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '^[^*]*(\\*+[^*]*){0,3}$' }), {
    maxItems: 30,
    description: `${description}. * within a part of the path, ** across; at most three wildcards`,
  })

/** What the tracker of a site does; compiled into its tailored script. */
export const TrackerOptions = Type.Object(
  {
    hash: Type.Optional(Type.Boolean({ description: 'The #fragment is part of the page' })),
    outboundLinks: Type.Optional(Type.Boolean()),
    fileDownloads: Type.Optional(Type.Boolean()),
    formSubmissions: Type.Optional(Type.Boolean()),
    manual: Type.Optional(Type.Boolean({ description: 'No page view by itself' })),
    pageTitles: Type.Optional(Type.Boolean({ description: 'Tell the title of the page with every event' })),
    localhost: Type.Optional(Type.Boolean({ description: 'Count visits to localhost too' })),
    taggedElements: Type.Optional(
      Type.Boolean({ description: 'Count clicks on elements with data-event, or Plausible’s or Umami’s marks' }),
    ),
    webVitals: Type.Optional(Type.Boolean({ description: 'LCP, INP, CLS, FCP and TTFB of every page, as properties of web-vitals' })),
    identify: Type.Optional(
      Type.Boolean({ description: 'Pages may name their visitors, who are then recognised for ever: footfall.identify(id, traits)' }),
    ),
    include: Type.Optional(PageGlobs('Count these pages only')),
    exclude: Type.Optional(PageGlobs('Count nothing on these pages')),
    beforeSend: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: '^[A-Za-z_$][\\w$]*$',
        description: 'Name of a global function that may change or stop an event',
      }),
    ),
  },
  { additionalProperties: false },
)
export type TrackerOptions = Static<typeof TrackerOptions>

/** What a site refuses. */
export const Shields = Type.Object(
  {
    ip: Type.Optional(Type.Array(Type.String(), { maxItems: 500, description: 'Addresses and CIDR ranges not counted' })),
    country: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { maxItems: 300 })),
    page: Type.Optional(Type.Array(Type.String({ maxLength: 250 }), { maxItems: 500, description: 'Globs: * and **' })),
    hostname: Type.Optional(
      Type.Array(Type.String({ maxLength: 253 }), { maxItems: 100, description: 'If set, only these hosts are counted' }),
    ),
  },
  { additionalProperties: false },
)
export type Shields = Static<typeof Shields>

/** What else decides whether an event of the site is counted. */
const Collection = Type.Object({
  ingest_rate_limit: Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()], {
    description: 'Events a minute; the rest is dropped as throttle. 0 switches collection off, null is no limit',
  }),
  respect_dnt: Type.Boolean({ description: 'Do not count visitors whose browser sends DNT: 1 or Sec-GPC: 1' }),
  drop_data_centers: Type.Boolean({ description: 'Do not count visits from the networks that the operator lists in DATACENTER_RANGES' }),
})

/** What of a site is stored, and for how long. */
const Keeps = Type.Object({
  keep_months: Type.Union([Type.Integer({ minimum: 1, maximum: 120 }), Type.Null()], {
    description: 'Whole months kept beside the current one; what is older is erased every night. null is for ever',
  }),
  allowed_props: Type.Union([Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 300 }), Type.Null()], {
    description: 'The only custom properties that are stored from then on; null is all',
  }),
})

const Public = Type.Boolean({ description: 'Everybody may read its statistics, at /share/DOMAIN' })

/** Other names under which trackers may send: the id a site had in Umami, another domain. */
const Aliases = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  maxItems: 100,
  description: 'Other names under which events are taken, such as the id of the website in Umami',
  examples: [['b59e9c65-ae32-47f1-8400-119fcf4861c4']],
})

export const Site = Type.Object(
  {
    id: Type.Integer(),
    domain: Domain,
    timezone: Type.String({ description: 'IANA name' }),
    tracker: TrackerOptions,
    shields: Shields,
    ...Collection.properties,
    ...Keeps.properties,
    public: Public,
    /** Absent where there are none. */
    aliases: Type.Optional(Aliases),
    created_at: Type.String({ format: 'date-time' }),
  },
  { $id: 'Site' },
)
export type Site = Static<typeof Site>

/** A domain as people paste it: scheme, `www.` and a slash at the end are cut by the server. */
const PastedDomain = Type.String({ minLength: 1, maxLength: 300, examples: ['example.com'] })

export const NewSite = Type.Object(
  {
    domain: PastedDomain,
    timezone: Type.Optional(Type.String({ default: 'Etc/UTC' })),
    tracker: Type.Optional(TrackerOptions),
    shields: Type.Optional(Shields),
    ...Type.Partial(Collection).properties,
    ...Type.Partial(Keeps).properties,
    public: Type.Optional(Public),
    aliases: Type.Optional(Aliases),
  },
  { additionalProperties: false, $id: 'NewSite' },
)
export type NewSite = Static<typeof NewSite>

export const SitePatch = Type.Object(
  {
    domain: Type.Optional(PastedDomain),
    timezone: Type.Optional(Type.String()),
    tracker: Type.Optional(TrackerOptions),
    shields: Type.Optional(Shields),
    ...Type.Partial(Collection).properties,
    ...Type.Partial(Keeps).properties,
    public: Type.Optional(Public),
    aliases: Type.Optional(Aliases),
  },
  { additionalProperties: false, $id: 'SitePatch' },
)
export type SitePatch = Static<typeof SitePatch>

/** A goal: a custom event, a page (globs allowed) or a scroll depth on a page. Shape of Plausible's Goals API. */
export const Goal = Type.Object(
  {
    id: Type.Integer(),
    goal_type: Type.Union([Type.Literal('event'), Type.Literal('page')]),
    event_name: Type.Optional(Type.String()),
    page_path: Type.Optional(Type.String()),
    scroll_threshold: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    display_name: Type.String(),
    custom_props: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { $id: 'Goal' },
)
export type Goal = Static<typeof Goal>

/**
 * `PUT /api/v1/sites/goals`: finds or creates. `site_id` is the domain, as in Plausible's Sites API.
 * `scroll_threshold` needs `page_path`; `currency` needs `event_name`.
 */
export const NewGoal = Type.Object(
  {
    site_id: Domain,
    goal_type: Type.Union([Type.Literal('event'), Type.Literal('page')]),
    event_name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    page_path: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
    scroll_threshold: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    display_name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    custom_props: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false, $id: 'NewGoal' },
)
export type NewGoal = Static<typeof NewGoal>

/** A saved set of filters of a site; `filters` in the form of the Stats API. */
export const Segment = Type.Object({ id: Type.Integer(), name: Type.String(), filters: Type.Array(Type.Unknown()) }, { $id: 'Segment' })
export type Segment = Static<typeof Segment>

export const SitesAsked = Type.Object({
  limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]{0,2}|1000)$', description: '1 to 1000' })),
  after: Type.Optional(Type.String({ maxLength: 300 })),
})

/** `GET /api/v1/sites`: a page of them by domain; `meta.after` asks for the next. */
export const SiteList = Type.Object(
  {
    sites: Type.Array(Site),
    meta: Type.Object({ after: Type.Union([Type.String(), Type.Null()]), before: Type.Null(), limit: Type.Integer() }),
  },
  { $id: 'SiteList' },
)
export type SiteList = Static<typeof SiteList>

const SiteId = Type.String({ minLength: 1, maxLength: 300, description: 'Domain of the site' })
export const OfSite = Type.Object({ site_id: SiteId })
/** Plausible's clients send `site_id` in the body of a DELETE, curl users in the query. */
export const MaybeOfSite = Type.Partial(OfSite)

export const GoalList = Type.Object({ goals: Type.Array(Goal) }, { $id: 'GoalList' })

/** `PUT /api/v1/sites/shared-links`: finds or creates by name. */
export const NewSharedLink = Type.Object(
  { site_id: Domain, name: Type.String({ minLength: 1, maxLength: 255 }) },
  { additionalProperties: false, $id: 'NewSharedLink' },
)
export const SharedLink = Type.Object({ name: Type.String(), url: Type.String() }, { $id: 'SharedLink' })
export type SharedLink = Static<typeof SharedLink>

export const Deleted = Type.Object({ deleted: Type.Boolean() }, { $id: 'Deleted' })
export type Deleted = Static<typeof Deleted>
