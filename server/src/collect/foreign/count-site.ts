import type { FastifyRequest } from 'fastify'
import { invalid } from '../../errors.ts'
import type { SiteDirectory } from '../../seams.ts'

/** A site as GoatCounter's formats leave it to be found: there it is the host that is called. */
export interface CountSite {
  /** As the steps look it up; unknown ones too, so that the refusal is counted. */
  name: string
  /** Host of its pages, where the hit does not say. */
  host: string
}

/** Longer is no domain (contract/sites.ts), and need not be looked up. */
const MAX_NAME = 253
const PORT = /:\d+$/

/**
 * The first name that a site has, each also without its port: the one given, or those that the headers hold. A page on a
 * subdomain or a proxy in front may make the first ones miss.
 * @throws AppError `invalid_request` where nothing is a name
 */
export async function findCountSite(sites: SiteDirectory, names: readonly (string | null | undefined)[]): Promise<CountSite> {
  const given = names.filter((name) => name != null && name.trim() !== '' && !/[,\0]/.test(name)) as string[]
  for (const name of given.flatMap((name) => [name, name.replace(PORT, '')])) {
    const site = name.length > MAX_NAME ? undefined : await sites.find(name)
    if (site) return { name: site.domain, host: site.domain.split('/')[0]! }
  }
  if (given[0] === undefined) throw invalid({ site: ['must be the domain of a site'] })
  return { name: given[0], host: 'unknown.invalid' }
}

/** Parameters of the address. Cut at the first `?` only: pages send paths with one of their own, and not all encode it. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at))
}
