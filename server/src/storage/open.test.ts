import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEngine } from './open.ts'

for (const eventsUrl of ['mysql:/x', 'postgres://me:secret@host/db', 'clickhouse', 'https:host']) {
  test(`EVENTS_URL=${eventsUrl} is refused in one sentence that tells no password`, async () => {
    await assert.rejects(openEngine({ eventsUrl, databaseUrl: null, dataDir: '/nowhere' }), {
      name: 'StartError',
      message: /^EVENTS_URL must be mysql:\/\/user:password@host:3306\/database, or http:.* not [a-z]+(:…)?\.$/,
    })
  })
}
