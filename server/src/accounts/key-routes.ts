import { KeyList, MadeKey, NewKey } from '@footfall/contract/accounts.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Clock } from '../seams.ts'
import type { AccountGate } from './gate.ts'
import { createKey, deleteKey, listKeys } from './keys.ts'

/** API keys. Only people make and revoke them: a key that leaks must not be able to make others. */
export function keyRoutes(app: App, parts: { database: Kysely<Database>; gate: AccountGate; clock: Clock }): void {
  const { database, gate } = parts

  async function requireUser(request: FastifyRequest): Promise<number> {
    const principal = await gate.require(request, 'stats')
    if (principal.kind !== 'user')
      throw new AppError('forbidden', 'API keys are managed in the dashboard or on the command line, not with a key.')
    return principal.user
  }

  app.get(ROUTES.keys, { schema: { response: { 200: KeyList }, tags: ['account'] } }, async (request) => {
    await requireUser(request)
    return { keys: await listKeys(database) }
  })

  app.post(ROUTES.keys, { schema: { body: NewKey, response: { 201: MadeKey }, tags: ['account'] } }, async (request, reply) => {
    const user = await requireUser(request)
    const made = await createKey(parts, { ...request.body, user })
    return reply.status(201).header('cache-control', 'no-store').send(made)
  })

  app.delete(
    ROUTES.key,
    {
      schema: {
        params: Type.Object({ key: Type.String({ pattern: '^[0-9]{1,15}$' }) }),
        response: { 204: Type.Null() },
        tags: ['account'],
      },
    },
    async (request, reply) => {
      await requireUser(request)
      const id = Number(request.params.key)
      if (!(await deleteKey(database, id))) throw new AppError('not_found', `There is no key ${id}.`)
      gate.revoked(id)
      return reply.status(204).send(null)
    },
  )
}
