import type {
  Account,
  AccountPatch,
  Credentials,
  Key,
  MadeKey,
  NewAccount,
  NewKey,
  OwnPatch,
  SessionState,
} from '@footfall/contract/accounts.ts'
import type { Dropped } from '@footfall/contract/dropped.ts'
import type { ErrorBody, ErrorCode } from '@footfall/contract/errors.ts'
import type { ExportFormat } from '@footfall/contract/export.ts'
import type { Funnel, FunnelBody, FunnelResult, NewFunnel } from '@footfall/contract/funnels.ts'
import type { JourneysBody, JourneysResult } from '@footfall/contract/journeys.ts'
import type { QueryBody, QueryResult } from '@footfall/contract/query.ts'
import type { Realtime } from '@footfall/contract/realtime.ts'
import type { NamesBody, NamesResult } from '@footfall/contract/names-used.ts'
import type { Regions } from '@footfall/contract/regions.ts'
import type { RetentionBody, RetentionResult } from '@footfall/contract/retention.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { Annotation, AnnotationPatch, NewAnnotation, NewSegment, SegmentPatch } from '@footfall/contract/saved.ts'
import type { System } from '@footfall/contract/system.ts'
import type { VisitsBody, VisitsResult, VisitTimeline } from '@footfall/contract/visits.ts'
import type { Link, LinkPatch, NewLink, SharedDashboard, SharePass } from '@footfall/contract/sharing.ts'
import type { Deleted, Goal, NewGoal, NewSite, Segment, Site, SiteList, SitePatch } from '@footfall/contract/sites.ts'

/** Why an answer is missing. `code` is the server's, or `offline` where there was no answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode | 'offline'
  /** What is wrong with single fields of a form. */
  readonly errors: Record<string, string[]>

  constructor(status: number, code: ErrorCode | 'offline', message: string, errors: Record<string, string[]> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.errors = errors
  }
}

export interface ApiParts {
  /** Path under which the server is reached, with a slash at the end. */
  base: string
  fetch: typeof fetch
  /** Called on every 401 but those that tell of a wrong password. */
  onSignedOut: () => void
  /** What opens a shared dashboard; null where it is the session that does. */
  share?: () => string | null
}

/** The only door to the server: one function a request, typed by the contract. All reject with `ApiError`, or `AbortError` if cancelled. */
export function createApi(parts: ApiParts) {
  async function call<Answer>(
    method: string,
    route: string,
    options: { body?: unknown; signal?: AbortSignal | undefined; password?: boolean } = {},
  ): Promise<Answer> {
    const share = parts.share?.() ?? null
    const response = await parts
      .fetch(parts.base + route.slice(1), {
        method,
        credentials: 'same-origin',
        ...(options.signal && { signal: options.signal }),
        headers: {
          ...(options.body !== undefined && { 'content-type': 'application/json' }),
          ...(share !== null && { authorization: `Share ${share}` }),
        },
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'AbortError') throw error
        throw new ApiError(0, 'offline', 'The server cannot be reached.')
      })
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer
    if (response.status === 401 && !options.password) parts.onSignedOut()
    throw await readError(response)
  }

  const site = (domain: string) => ROUTES.site.replace(':site', encodeURIComponent(domain))
  const of = (route: string, domain: string, id = 0) => route.replace(':site', encodeURIComponent(domain)).replace(':id', String(id))
  return {
    session: () => call<SessionState>('GET', ROUTES.session),
    signIn: (body: Credentials) => call<SessionState>('POST', ROUTES.session, { body, password: true }),
    signOut: () => call<void>('DELETE', ROUTES.session),
    setup: (body: Credentials) => call<SessionState>('POST', ROUTES.setup, { body }),
    sites: () => allSites((query) => call<SiteList>('GET', ROUTES.sites + query)),
    addSite: (body: NewSite) => call<Site>('POST', ROUTES.sites, { body }),
    changeSite: (domain: string, body: SitePatch) => call<Site>('PUT', site(domain), { body }),
    deleteSite: (domain: string) => call<Deleted>('DELETE', site(domain)),
    goals: async (domain: string, signal?: AbortSignal) =>
      (await call<{ goals: Goal[] }>('GET', `${ROUTES.goals}?site_id=${encodeURIComponent(domain)}`, { signal })).goals,
    addGoal: (body: NewGoal) => call<Goal>('PUT', ROUTES.goals, { body }),
    deleteGoal: (domain: string, id: number) =>
      call<Deleted>('DELETE', `${ROUTES.goal.replace(':goal', String(id))}?site_id=${encodeURIComponent(domain)}`),
    /** What was not counted on the days of a range, and why. */
    dropped: (domain: string, range: QueryBody['date_range'], signal?: AbortSignal) =>
      call<Dropped>(
        'GET',
        `${ROUTES.dropped.replace(':site', encodeURIComponent(domain))}?date_range=${encodeURIComponent(String(range))}`,
        {
          signal,
        },
      ),
    keys: async (signal?: AbortSignal) => (await call<{ keys: Key[] }>('GET', ROUTES.keys, { signal })).keys,
    makeKey: (body: NewKey) => call<MadeKey>('POST', ROUTES.keys, { body }),
    revokeKey: (id: number) => call<void>('DELETE', ROUTES.key.replace(':key', String(id))),
    users: async (signal?: AbortSignal) => (await call<{ users: Account[] }>('GET', ROUTES.users, { signal })).users,
    addUser: (body: NewAccount) => call<Account>('POST', ROUTES.users, { body }),
    changeUser: (id: number, body: AccountPatch) => call<Account>('PUT', ROUTES.user.replace(':user', String(id)), { body }),
    removeUser: (id: number) => call<void>('DELETE', ROUTES.user.replace(':user', String(id))),
    /** One's own email and password; 401 is a wrong current password. */
    changeAccount: (body: OwnPatch) => call<Account>('PUT', ROUTES.account, { body, password: true }),
    signOutEverywhere: () => call<void>('DELETE', ROUTES.sessions),
    system: (signal?: AbortSignal) => call<System>('GET', ROUTES.system, { signal }),
    query: (body: QueryBody, signal?: AbortSignal) => call<QueryResult>('POST', ROUTES.query, { body, signal }),
    segments: async (domain: string, signal?: AbortSignal) =>
      (await call<{ segments: Segment[] }>('GET', of(ROUTES.segments, domain), { signal })).segments,
    addSegment: (domain: string, body: NewSegment) => call<Segment>('POST', of(ROUTES.segments, domain), { body }),
    changeSegment: (domain: string, id: number, body: SegmentPatch) => call<Segment>('PUT', of(ROUTES.segment, domain, id), { body }),
    deleteSegment: (domain: string, id: number) => call<Deleted>('DELETE', of(ROUTES.segment, domain, id)),
    /** Notes on days of a range. */
    notes: async (domain: string, [from, to]: readonly [string, string], signal?: AbortSignal) =>
      (await call<{ annotations: Annotation[] }>('GET', `${of(ROUTES.annotations, domain)}?from=${from}&to=${to}`, { signal })).annotations,
    addNote: (domain: string, body: NewAnnotation) => call<Annotation>('POST', of(ROUTES.annotations, domain), { body }),
    changeNote: (domain: string, id: number, body: AnnotationPatch) => call<Annotation>('PUT', of(ROUTES.annotation, domain, id), { body }),
    deleteNote: (domain: string, id: number) => call<Deleted>('DELETE', of(ROUTES.annotation, domain, id)),
    /** Visitors of the last five minutes. */
    currentVisitors: (domain: string, signal?: AbortSignal) =>
      call<number>('GET', `${ROUTES.realtimeVisitors}?site_id=${encodeURIComponent(domain)}`, { signal }),
    funnels: async (domain: string, signal?: AbortSignal) =>
      (await call<{ funnels: Funnel[] }>('GET', ROUTES.funnels.replace(':site', encodeURIComponent(domain)), { signal })).funnels,
    saveFunnel: (domain: string, body: NewFunnel) =>
      call<Funnel>('POST', ROUTES.funnels.replace(':site', encodeURIComponent(domain)), { body }),
    deleteFunnel: (domain: string, id: number) =>
      call<Deleted>('DELETE', ROUTES.storedFunnel.replace(':site', encodeURIComponent(domain)).replace(':id', String(id))),
    funnel: (body: FunnelBody, signal?: AbortSignal) => call<FunnelResult>('POST', ROUTES.funnel, { body, signal }),
    retention: (body: RetentionBody, signal?: AbortSignal) => call<RetentionResult>('POST', ROUTES.retention, { body, signal }),
    journeys: (body: JourneysBody, signal?: AbortSignal) => call<JourneysResult>('POST', ROUTES.journeys, { body, signal }),
    /** Names of the regions of these countries. */
    regions: (countries: string[]) => call<Regions>('GET', `${ROUTES.regions}?countries=${countries.join(',')}`),
    names: (body: NamesBody, signal?: AbortSignal) => call<NamesResult>('POST', ROUTES.names, { body, signal }),
    visits: (body: VisitsBody, signal?: AbortSignal) => call<VisitsResult>('POST', ROUTES.visits, { body, signal }),
    visit: (domain: string, id: string, signal?: AbortSignal) =>
      call<VisitTimeline>('GET', `${ROUTES.visit.replace(':session', encodeURIComponent(id))}?site_id=${encodeURIComponent(domain)}`, {
        signal,
      }),
    realtime: (domain: string, signal?: AbortSignal) =>
      call<Realtime>('GET', `${ROUTES.realtime}?site_id=${encodeURIComponent(domain)}`, { signal }),
    /** Address of the same as a stream, for an `EventSource`. */
    realtimeStream: (domain: string) => `${parts.base}${ROUTES.realtimeStream.slice(1)}?site_id=${encodeURIComponent(domain)}`,
    /** Address of a download of all events. */
    exportAddress: (domain: string, format: ExportFormat) => `${parts.base}${of(ROUTES.export, domain).slice(1)}?format=${format}`,
    /** What a credential of a shared dashboard opens. */
    shared: (credential: string) => call<SharedDashboard>('GET', ROUTES.share.replace(':share', encodeURIComponent(credential))),
    /** Exchanges the password of a link for a pass. */
    openShared: (token: string, password: string) =>
      call<SharePass>('POST', ROUTES.share.replace(':share', encodeURIComponent(token)), { body: { password }, password: true }),
    links: async (domain: string, signal?: AbortSignal) =>
      (await call<{ links: Link[] }>('GET', of(ROUTES.links, domain), { signal })).links,
    addLink: (domain: string, body: NewLink) => call<Link>('POST', of(ROUTES.links, domain), { body }),
    changeLink: (domain: string, id: number, body: LinkPatch) => call<Link>('PUT', of(ROUTES.link, domain, id), { body }),
    deleteLink: (domain: string, id: number) => call<Deleted>('DELETE', of(ROUTES.link, domain, id)),
  }
}
export type Api = ReturnType<typeof createApi>

/** Every page of the list; one page holds a thousand sites, so that nearly everybody has one. */
async function allSites(page: (query: string) => Promise<SiteList>): Promise<Site[]> {
  const sites: Site[] = []
  let after: string | null = ''
  while (after !== null) {
    const list: SiteList = await page(after && `?after=${encodeURIComponent(after)}`)
    sites.push(...list.sites)
    after = list.meta.after
  }
  return sites
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as Partial<ErrorBody> | null
  const message = body?.error ?? `The server answered ${response.status}.`
  return new ApiError(response.status, body?.code ?? 'internal', message, body?.errors)
}
