import type { Turn } from '../engine.ts'
import { type MySqlClient, command } from './client.ts'
import type { Dictionaries } from './dictionaries.ts'
import type { Lesson } from './learning.ts'
import { retrying } from './retry.ts'
import { knownIds, recentIds, visits } from './visits.ts'
import { fitsWithin, isStored, writeWithin } from './write.ts'

/** Takes the lock and counts in one statement; the driver answers the number as that of an inserted row. */
const TAKE = 'UPDATE turns SET number = LAST_INSERT_ID(number + 1) WHERE id = 1'

/**
 * A turn is a transaction that begins with the lock on the only row of `turns` and ends with the batch: a writer whose connection or
 * process dies in its turn leaves nothing of it behind, neither batch nor number, and cannot come back into it. What a turn reads,
 * it reads over its own connection, so that it never waits for questions.
 */
export function takeTurn<Result>(client: MySqlClient, dictionaries: Dictionaries, work: (turn: Turn) => Promise<Result>): Promise<Result> {
  return retrying(async () => {
    const connection = await client.turns.getConnection()
    try {
      await connection.beginTransaction()
      const { affectedRows, insertId: number } = await command(connection, TAKE)
      if (affectedRows !== 1) throw new Error('the table turns has lost its row; without it two processes would write at once')
      const lessons: Lesson[] = []
      const result = await work({
        number,
        before: number - 1,
        stored: (token) => isStored(connection, token),
        visits: (search) => visits(connection, search),
        knownIds: (site, ids, since) => knownIds(connection, site, ids, since),
        recentIds: (since, limit) => recentIds(connection, since, limit),
        write: async (batch) => void lessons.push(await writeWithin(connection, client, dictionaries, batch)),
        fits: (batch) => fitsWithin(connection, client, dictionaries, batch),
      })
      await connection.commit()
      connection.release()
      for (const lesson of lessons) lesson.keep()
      return result
    } catch (error) {
      // Only a connection that is gone ends a turn for certain.
      connection.destroy()
      throw error
    }
  })
}
