import type { FastifyRequest } from 'fastify'
import type { Gate } from '../seams.ts'

/**
 * Who may see which sites and goals there are: people of every role, since without that no dashboard can be opened; of keys only those
 * with the scope `sites`, so that one for statistics does not tell what an installation measures and refuses.
 */
export async function requireLook(gate: Gate, request: FastifyRequest): Promise<void> {
  const principal = await gate.who(request)
  await gate.require(request, principal?.kind === 'user' ? 'stats' : 'sites')
}
