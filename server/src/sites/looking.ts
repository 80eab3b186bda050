import type { Role } from '@footfall/contract/accounts.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { FastifyRequest } from 'fastify'
import type { Gate } from '../seams.ts'

/** Roles that change sites: a list of those who may, so that a role that is added later sees less, not more. */
const CHANGING: ReadonlySet<string> = new Set<Role>(['admin', 'editor'])

/**
 * Who may see which sites and goals there are: people of every role, since without that no dashboard can be opened; of keys only those
 * with the scope `sites`, so that one for statistics does not tell what an installation measures and refuses.
 *
 * @returns a site as this person may see it: the addresses that it excludes are those of people (the office, somebody's home), and
 * nobody needs them who cannot change them
 * @throws AppError `unauthorized`, `forbidden`
 */
export async function requireLook(gate: Gate, request: FastifyRequest): Promise<(site: Site) => Site> {
  const principal = await gate.who(request)
  await gate.require(request, principal?.kind === 'user' ? 'stats' : 'sites')
  return principal?.kind === 'user' && !CHANGING.has(principal.role) ? withoutAddresses : (site) => site
}

function withoutAddresses(site: Site): Site {
  const { ip: _, ...shields } = site.shields
  return { ...site, shields }
}
