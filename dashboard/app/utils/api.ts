import type { CallName } from '@footfall/contract/calls.ts'
import { type Answered, type BodyOf, address, createClient } from '@footfall/contract/client.ts'
import type { ExportFormat } from '@footfall/contract/export.ts'
import type { QueryBody } from '@footfall/contract/query.ts'
import { ROUTES } from '@footfall/contract/routes.ts'

export { ApiError } from '@footfall/contract/client.ts'

export interface ApiParts {
  /** Path under which the server is reached, with a slash at the end. */
  base: string
  fetch: typeof fetch
  /** Called on every 401 but those that tell of a wrong password. */
  onSignedOut: () => void
  /** What opens a shared dashboard; null where it is the session that does. */
  share?: () => string | null
}

/** Calls whose 401 is about a password that was typed. */
const WITH_PASSWORD = new Set<CallName>(['signIn', 'changeAccount', 'openShared'])

/**
 * The only door to the server, in the dashboard's words: the contract's client, with domains as `site_id` or as a part of the address, and lists
 * without their wrapping. All reject with `ApiError`, or `AbortError` if cancelled.
 */
export function createApi({ base, fetch, onSignedOut, share }: ApiParts) {
  const client = createClient({
    base,
    fetch,
    headers: (): Record<string, string> => {
      const credential = share?.() ?? null
      return credential === null ? {} : { authorization: `Share ${credential}` }
    },
    onError: (error, call) => {
      if (error.status === 401 && !WITH_PASSWORD.has(call)) onSignedOut()
    },
  })
  /** Address of something that the browser itself fetches. */
  const browsed = (route: string, params: Record<string, string>, query: Record<string, string>) =>
    base + address(route, params, query).slice(1)

  return {
    session: () => client.session(),
    signIn: (body: BodyOf<'signIn'>) => client.signIn({ body }),
    signOut: () => client.signOut(),
    setup: (body: BodyOf<'setup'>) => client.setup({ body }),

    sites: () => allSites((after) => client.sites({ query: { ...(after && { after }) } })),
    addSite: (body: BodyOf<'addSite'>) => client.addSite({ body }),
    changeSite: (site: string, body: BodyOf<'changeSite'>) => client.changeSite({ site, body }),
    deleteSite: (site: string) => client.deleteSite({ site }),
    /** What would go if the site kept so many months; null: those it has. */
    keeping: (site: string, months: number | null, signal?: AbortSignal) =>
      client.keeping({ site, query: { ...(months !== null && { months: String(months) }) } }, { signal }),

    goals: async (site_id: string, signal?: AbortSignal) => (await client.goals({ query: { site_id } }, { signal })).goals,
    addGoal: (body: BodyOf<'addGoal'>) => client.addGoal({ body }),
    deleteGoal: (site_id: string, goal: number) => client.deleteGoal({ goal, query: { site_id } }),

    /** What was not counted on the days of a range, and why. */
    dropped: (site: string, range: QueryBody['date_range'], signal?: AbortSignal) =>
      client.dropped({ site, query: { date_range: String(range) } }, { signal }),

    keys: async (signal?: AbortSignal) => (await client.keys({}, { signal })).keys,
    makeKey: (body: BodyOf<'makeKey'>) => client.makeKey({ body }),
    revokeKey: (key: number) => client.revokeKey({ key }),

    users: async (signal?: AbortSignal) => (await client.users({}, { signal })).users,
    addUser: (body: BodyOf<'addUser'>) => client.addUser({ body }),
    changeUser: (user: number, body: BodyOf<'changeUser'>) => client.changeUser({ user, body }),
    removeUser: (user: number) => client.removeUser({ user }),
    /** One's own email and password; 401 is a wrong current password. */
    changeAccount: (body: BodyOf<'changeAccount'>) => client.changeAccount({ body }),
    signOutEverywhere: () => client.signOutEverywhere(),
    system: (signal?: AbortSignal) => client.system({}, { signal }),

    segments: async (site: string, signal?: AbortSignal) => (await client.segments({ site }, { signal })).segments,
    addSegment: (site: string, body: BodyOf<'addSegment'>) => client.addSegment({ site, body }),
    changeSegment: (site: string, id: number, body: BodyOf<'changeSegment'>) => client.changeSegment({ site, id, body }),
    deleteSegment: (site: string, id: number) => client.deleteSegment({ site, id }),

    /** Notes on days of a range. */
    notes: async (site: string, [from, to]: readonly [string, string], signal?: AbortSignal) =>
      (await client.annotations({ site, query: { from, to } }, { signal })).annotations,
    addNote: (site: string, body: BodyOf<'addAnnotation'>) => client.addAnnotation({ site, body }),
    changeNote: (site: string, id: number, body: BodyOf<'changeAnnotation'>) => client.changeAnnotation({ site, id, body }),
    deleteNote: (site: string, id: number) => client.deleteAnnotation({ site, id }),

    funnels: async (site: string, signal?: AbortSignal) => (await client.funnels({ site }, { signal })).funnels,
    saveFunnel: (site: string, body: BodyOf<'addFunnel'>) => client.addFunnel({ site, body }),
    changeFunnel: (site: string, id: number, body: BodyOf<'changeFunnel'>) => client.changeFunnel({ site, id, body }),
    deleteFunnel: (site: string, id: number) => client.deleteFunnel({ site, id }),

    query: (body: BodyOf<'query'>, signal?: AbortSignal) => client.query({ body }, { signal }),
    funnel: (body: BodyOf<'funnel'>, signal?: AbortSignal) => client.funnel({ body }, { signal }),
    retention: (body: BodyOf<'retention'>, signal?: AbortSignal) => client.retention({ body }, { signal }),
    journeys: (body: BodyOf<'journeys'>, signal?: AbortSignal) => client.journeys({ body }, { signal }),
    names: (body: BodyOf<'names'>, signal?: AbortSignal) => client.names({ body }, { signal }),
    visits: (body: BodyOf<'visits'>, signal?: AbortSignal) => client.visits({ body }, { signal }),
    visit: (site_id: string, session: string, signal?: AbortSignal) => client.visit({ session, query: { site_id } }, { signal }),
    /** Names of the regions of these countries. */
    regions: (countries: string[]) => client.regions({ query: { countries: countries.join(',') } }),
    /** Names of the cities with these numbers. */
    cities: (ids: string[]) => client.cities({ query: { ids: ids.join(',') } }),

    /** Visitors of the last five minutes. */
    currentVisitors: (site_id: string, signal?: AbortSignal) => client.realtimeVisitors({ query: { site_id } }, { signal }),
    realtime: (site_id: string, signal?: AbortSignal) => client.realtime({ query: { site_id } }, { signal }),
    /** Address of the same as a stream, for an `EventSource`, which sets no headers: what opens a shared dashboard stands in it. */
    realtimeStream(site_id: string) {
      const credential = share?.() ?? null
      return browsed(ROUTES.realtimeStream, {}, { site_id, ...(credential !== null && { share: credential }) })
    },
    /** What the script of the site would weigh with these options. */
    scriptSize: (site: string, body: BodyOf<'scriptSize'>, signal?: AbortSignal) => client.scriptSize({ site, body }, { signal }),
    /** How imports of a site are doing, newest first. */
    imports: async (site: string, signal?: AbortSignal) => (await client.imports({ site }, { signal })).imports,
    /** Address to which a file of events is sent; the answer comes when it was read. */
    importAddress: (site: string) => browsed(ROUTES.import, { site }, { wait: 'false' }),
    /** Address of a download of all events. */
    exportAddress: (site: string, format: ExportFormat) => browsed(ROUTES.export, { site }, { format }),

    /** What a credential of a shared dashboard opens. */
    shared: (share: string) => client.shared({ share }),
    /** Exchanges the password of a link for a pass. */
    openShared: (share: string, password: string) => client.openShared({ share, body: { password } }),
    links: async (site: string, signal?: AbortSignal) => (await client.links({ site }, { signal })).links,
    addLink: (site: string, body: BodyOf<'addLink'>) => client.addLink({ site, body }),
    changeLink: (site: string, id: number, body: BodyOf<'changeLink'>) => client.changeLink({ site, id, body }),
    deleteLink: (site: string, id: number) => client.deleteLink({ site, id }),
  }
}
export type Api = ReturnType<typeof createApi>

/** Every page of the list; one page holds a thousand sites, so that nearly everybody has one. */
async function allSites(page: (after: string) => Promise<Answered<'sites'>>): Promise<Answered<'sites'>['sites']> {
  const sites: Answered<'sites'>['sites'] = []
  let after: string | null = ''
  while (after !== null) {
    const list: Answered<'sites'> = await page(after)
    sites.push(...list.sites)
    after = list.meta.after
  }
  return sites
}
