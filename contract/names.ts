/**
 * The closed lists of the product's words. A metric, dimension or drop reason exists when it stands here;
 * every table keyed by one of these lists (`satisfies Record<Metric, …>`) stops compiling until it knows it too.
 */

/** What can be counted. Definitions: docs/definitions.md. */
export const METRICS = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'views_per_visit',
  'bounce_rate',
  'visit_duration',
  'percentage',
  'conversion_rate',
  'group_conversion_rate',
  'exit_rate',
  'scroll_depth',
  'time_on_page',
  'total_revenue',
  'average_revenue',
  'lcp_p75',
  'inp_p75',
  'cls_p75',
  'fcp_p75',
  'ttfb_p75',
] as const
export type Metric = (typeof METRICS)[number]

/** Dimensions of an event itself. `event:props:NAME` comes on top. */
export const EVENT_DIMENSIONS = ['event:name', 'event:page', 'event:page_title', 'event:hostname', 'event:goal'] as const
export type EventDimension = (typeof EVENT_DIMENSIONS)[number]

/** Dimensions that a visit fixes with its first event; every event of the visit carries them. */
export const VISIT_ATTRIBUTES = [
  'source',
  'referrer',
  'channel',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'country',
  'region',
  'city',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'device',
  'screen',
  'language',
] as const
export type VisitAttribute = (typeof VISIT_ATTRIBUTES)[number]

/** Dimensions that only a whole visit has: they change while it lasts. */
export const VISIT_PAGES = ['entry_page', 'exit_page', 'entry_page_hostname', 'exit_page_hostname'] as const
export type VisitPage = (typeof VISIT_PAGES)[number]

export const VISIT_DIMENSIONS = [
  ...VISIT_ATTRIBUTES.map((name) => `visit:${name}` as const),
  ...VISIT_PAGES.map((name) => `visit:${name}` as const),
] as const
export type VisitDimension = `visit:${VisitAttribute | VisitPage}`

export const TIME_DIMENSIONS = ['time', 'time:minute', 'time:hour', 'time:day', 'time:week', 'time:month'] as const
export type TimeDimension = (typeof TIME_DIMENSIONS)[number]

export type Dimension = EventDimension | `event:props:${string}` | VisitDimension | TimeDimension

/**
 * Why an event was not counted. Sent as `x-footfall-dropped`, counted per site and day, shown in the dashboard.
 * Plausible's names are kept where it has one, so that people who know them need not learn others.
 */
export const DROP_REASONS = {
  bot: 'The user agent belongs to a crawler, a monitor or a headless browser',
  spam_referrer: 'The referrer is on the list of referrer spam',
  dc_ip: 'The address belongs to a data centre',
  not_found: 'No site with this domain',
  block: 'Collection is switched off for this site',
  throttle: 'The site received more events than its limit allows',
  site_ip_blocklist: 'The address is excluded in the settings of the site',
  site_country_blocklist: 'The country is excluded in the settings of the site',
  site_page_blocklist: 'The page is excluded in the settings of the site',
  site_hostname_allowlist: 'The hostname is not on the allow-list of the site',
  do_not_track: 'The browser asks not to be tracked (DNT or GPC), and the site respects that',
  prefetch: 'The browser fetched the page in advance; nobody looked at it',
  too_old: 'The event happened more than 48 hours before it was sent',
  duplicate: 'An event with this id was counted before',
  no_session_for_engagement: 'An engagement ping without an open visit',
} as const
export type DropReason = keyof typeof DROP_REASONS
