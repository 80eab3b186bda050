/** What a page, or a program that uses the package, sees of the tracker. Types alone: the package's `index.d.ts` is made of this text. */

/** What may go with an event; names as in Plausible's tracker. */
export interface Details {
  props?: Record<string, string | number | boolean> | undefined
  revenue?: { amount: number | string; currency: string } | undefined
  /** false: the event does not cancel a bounce. */
  interactive?: boolean | undefined
  /** Address to count instead of the page's. */
  url?: string | undefined
  /** Title to count instead of the page's, with the option `pageTitles`. */
  title?: string | undefined
  /** Called once, with the answer (`status`) or `error` of the first try; without an argument if the event is not counted. */
  callback?: ((outcome?: Outcome) => void) | undefined
}

/** What became of a try; `error` is empty where a server had asked for patience. */
export type Outcome = Response | { error: unknown }

/** An event as it travels: short keys of Plausible's events API, and our `id`, `t`, `s`. */
export interface Payload {
  /** Name: `pageview`, `engagement`, or that of a custom event. */
  n: string
  /** Address of the page. */
  u: string
  /** Site. */
  d?: string | undefined
  /** Referrer. */
  r?: string
  p?: Details['props']
  $?: Details['revenue']
  i?: boolean | undefined
  /** Width of the window in CSS pixels. */
  w: number
  /** Title of the page, with the option `pageTitles`. */
  dt?: string
  /** 1: the fragment is part of the page. */
  h?: number
  /**
   * Unique, and its key in the store: one key an event, as two tabs that add and remove at once would undo each other's work in
   * one list. Begins with the time, so that sorting by id sorts by age.
   */
  id: string
  /** When it happened, milliseconds of this clock. */
  t: number
  /** When it was last sent: for 10 s from then it is in flight, and no tab sends it again. */
  s?: number
  [key: string]: unknown
}

/** Options of the package; those of a site's script are the same. */
export interface Options {
  /** Where events go: `https://stats.example.com/api/event`. */
  endpoint: string
  /** The site. Default: the host of the page. */
  domain?: string | undefined
  /** The #fragment is part of the page. */
  hash?: boolean | undefined
  /** Count visits to localhost too. */
  localhost?: boolean | undefined
  /** No page view by itself. */
  manual?: boolean | undefined
  /** Every event tells the title of its page. */
  pageTitles?: boolean | undefined
  outboundLinks?: boolean | undefined
  fileDownloads?: boolean | undefined
  formSubmissions?: boolean | undefined
  /** Clicks on elements with `data-event`, or Plausible's or Umami's marks. */
  taggedElements?: boolean | undefined
  /** LCP, INP, CLS, FCP and TTFB, as properties of `web-vitals`. */
  webVitals?: boolean | undefined
  /** Globs of the pages to count: `*` within a part of the path, `**` across. */
  include?: string[] | undefined
  /** Globs of pages not to count. */
  exclude?: string[] | undefined
  /** Sees every event before it leaves, and returns it, a changed one, or nothing; or the name of a global function that does. */
  beforeSend?: ((event: Payload) => Payload | false | null | undefined) | string | undefined
}
