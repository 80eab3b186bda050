import type { KeyScope } from '@footfall/contract/accounts.ts'
import type { DropReason } from '@footfall/contract/names.ts'
import type { Funnel } from '@footfall/contract/funnels.ts'
import type { Goal, Segment, Site } from '@footfall/contract/sites.ts'
import type { Traits } from '@footfall/contract/traits.ts'
import type { FastifyRequest } from 'fastify'

/**
 * How the modules see each other. A module exports what implements one of these; main.ts hands it to those that need it.
 * Imports from one module into another are refused by the lint rules.
 */

/** Milliseconds since 1970. Injected, so that a test can live on any day. */
export type Clock = () => number

/** sites → everybody: the sites of this installation, cached for the hot path. */
export interface SiteDirectory {
  /** Site by its domain or one of its aliases (without regard to case), or its id in digits. At most a second old; unknown ones are asked for again. */
  find(domain: string): Promise<Site | undefined>
  goals(site: number): Promise<Goal[]>
  segments(site: number): Promise<Segment[]>
}

/** sites → query: the stored funnels, likewise at most a second old. A step whose goal is gone has a name that no goal has. */
export interface FunnelDirectory {
  funnels(site: number): Promise<Funnel[]>
}

/** query → sites: whether filters that somebody wants to keep can be asked with. @throws AppError that says what would work */
export type CheckFilters = (site: Site, filters: unknown[]) => Promise<void>

/** Who asks. A user of the dashboard may do what their role says, a key what its scopes say. */
export type Principal =
  | { kind: 'user'; user: number; email: string; role: string }
  | { kind: 'key'; key: number; user: number; scopes: KeyScope[] }

/** Who looks at a dashboard that was shared: reads statistics of one site, of which `filters` (form of the Stats API) let through a part. */
export interface Guest {
  kind: 'guest'
  /** Names the link (or, with 0, the public site) for limits. */
  link: number
  site: number
  filters: unknown[]
}

/** Who may read statistics. */
export type Reader = Principal | Guest

/** A dashboard that is shared: by a link, or (`link` 0) because its site is public. */
export interface Share {
  link: number
  site: Site
  passwordHash: string | null
  filters: unknown[]
  limited: boolean
  /** Origins whose pages may embed it; null is every page. */
  embedOrigins: string[] | null
}

/** sites → accounts, web: what is shared under a token, or a domain of a public site. At most a second old. */
export interface ShareDirectory {
  share(name: string): Promise<Share | undefined>
}

/** accounts → everybody: who sent a request. Both throw `AppError`. */
export interface Gate {
  /** The principal with this scope; 401 without one, 403 without the scope. */
  require(request: FastifyRequest, scope: KeyScope): Promise<Principal>
  /** An administrator at the dashboard; never a key: one that leaks must not be able to make others. */
  admin(request: FastifyRequest): Promise<Principal & { kind: 'user' }>
  /**
   * Who reads statistics: a principal with the scope `stats`, or a guest, who may only see `site` and what `filters` let through. Where a
   * request names a share, that alone counts: a page that is shown to guests shows everybody the same.
   */
  reader(request: FastifyRequest): Promise<Reader>
  /** The principal, or null. Never a guest. */
  who(request: FastifyRequest): Promise<Principal | null>
}

/** Counts refusals by site, day and reason; `site` 0 where the site is not known. */
export interface Drops {
  count(site: number, reason: DropReason, events?: number): void
}

/** Refusals of one day of the site and one reason. */
export interface DroppedEvents {
  /** `YYYY-MM-DD` in the time zone of the site. */
  day: string
  reason: DropReason
  events: number
}

/** collect → query: what was refused, up to this moment for refusals of this process. */
export interface DropReport {
  /** Rows of a site between two days, both included, in order of day and reason. */
  between(site: number, from: string, to: string): Promise<DroppedEvents[]>
  /** First day on which something was refused, or null. */
  firstDay(site: number): Promise<string | null>
}

/** collect → query: what a site said of an identified visitor; null where nothing. */
export interface TraitReport {
  of(site: number, visitor: string): Promise<Traits | null>
}

/** collect → query: names of cities that were seen, by their numbers at geonames.org; without those that are not known. */
export interface CityNames {
  names(ids: number[]): Promise<Record<string, string>>
}

/** storage → query: whether an answer given before can still be true. */
export interface WriteMarks {
  /** Something of the site changed in the store, nothing of it before `since` (Unix seconds). Never fails. */
  mark(site: number, since: number): Promise<void>
  /**
   * A text that is another one after every change to what is at or before `to` (Unix seconds), and how many seconds an answer
   * under it is worth keeping. Null where nobody can tell.
   */
  current(site: number, to: number): Promise<{ mark: string; seconds: number } | null>
}

/**
 * cache → storage: values that processes share, many in one round trip. Forgetful: what cannot be had in a moment is not there. Keeping
 * may be refused, which matters to nobody.
 */
export interface SharedTexts {
  getMany<Value>(keys: readonly string[]): Promise<Map<string, Value>>
  setMany(values: ReadonlyMap<string, unknown>, seconds: number): Promise<void>
}

/** storage → metrics: so many numbers of texts were found here. */
export type CountLookups = (layer: 'memory' | 'redis' | 'database' | 'new', numbers: number) => void
