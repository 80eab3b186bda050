import { KeyList, MadeKey, NewKey } from '@footfall/contract/accounts.ts'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../database/schema.ts'
import { AppError } from '../errors.ts'
import type { App } from '../lib/app.ts'
import type { Clock } from '../seams.ts'
import type { AccountGate } from './gate.ts'
import { createKey, deleteKey, listKeys } from './keys.ts'

/** API keys, which only administrators make and revoke: a key may do more than an editor. */
export function keyRoutes(app: App, parts: { database: Kysely<Database>; gate: AccountGate; clock: Clock }): void {
  const { database, gate } = parts

  app.get(ROUTES.keys, { schema: { response: { 200: KeyList }, tags: ['account'] } }, async (request) => {
    await gate.admin(request)
    return { keys: await listKeys(database) }
  })

  app.post(ROUTES.keys, { schema: { body: NewKey, response: { 201: MadeKey }, tags: ['account'] } }, async (request, reply) => {
    const { user } = await gate.admin(request)
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
      await gate.admin(request)
      const id = Number(request.params.key)
      if (!(await deleteKey(database, id))) throw new AppError('not_found', `There is no key ${id}.`)
      gate.revoked(id)
      return reply.status(204).send(null)
    },
  )
}
