import { connect, select } from '../../src/storage/clickhouse/client.ts'

/**
 * Prints the events and visits of an embedded store as JSON: `node read-chdb.ts DIRECTORY`. A process of its own, since one
 * process can open one store only.
 */
const client = await connect({ path: process.argv[2]! })
const events = await select(client, 'SELECT pathname AS page, name, toUnixTimestamp(time) AS time, visitor, visit, interactive FROM events')
const visits = await select(
  client,
  `SELECT id, visitor, toUnixTimestamp(start) AS start, toUnixTimestamp(end) AS end, toUnixTimestamp(active) AS active, duration, bounce,
    pageviews, events, entry_page AS entryPage, exit_page AS exitPage FROM visits FINAL`,
)
process.stdout.write(JSON.stringify({ events, visits }))
await client.close()
