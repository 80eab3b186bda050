import { createMySqlEngine } from '../server/src/storage/mysql/engine.ts'
import { connect } from '../server/src/storage/mysql/client.ts'
import { realMySqlEngine } from '../server/src/storage/mysql/test-support.ts'
import { openFileJournal } from '../server/src/write/file-journal.ts'
import { refusedItems } from '../server/src/write/refused.ts'
import { NOON, countedDrops, event, keptLog, temporaryDirectory, testMetrics } from '../server/src/write/test-support.ts'
import { createWriter } from '../server/src/write/writer.ts'

/**
 * `node bench/turns.ts`: what a batch of 1,000 events costs one writer at a MySQL alone, and two that have their turns one after the
 * other, so that each asks the store about everything. Milliseconds a batch, interleaved, as JSON.
 */
const ROUNDS = 5
const BATCHES = 20
const EVENTS = 1000
const VISITORS = 5000

const clock = () => NOON * 1000
const store = await realMySqlEngine()

async function startWriter() {
  const directory = await temporaryDirectory()
  const { log } = keptLog()
  const engine = createMySqlEngine({ client: await connect(store.url) })
  const journal = await openFileJournal({ directory: directory.path, clock, log })
  const refused = refusedItems(directory.path, clock, log)
  const writer = createWriter({
    engine,
    journal,
    refused,
    clock,
    log,
    metrics: testMetrics(),
    drops: countedDrops().drops,
    isErased: async () => false,
  })
  return {
    journal,
    writer,
    async close() {
      await writer.stop()
      await journal.close()
      await engine.close()
      await directory.remove()
    },
  }
}

const writers = [await startWriter(), await startWriter()]
let events = 0

/** Milliseconds a batch, of so many batches that go to these writers by turns. */
async function measure(by: typeof writers): Promise<number> {
  let milliseconds = 0
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const { journal, writer } = by[batch % by.length]!
    await journal.append(
      Array.from({ length: EVENTS }, () => {
        const number = ++events
        return event({
          id: String(number),
          visitor: String(1 + ((number * 7919) % VISITORS)),
          at: NOON - 60 + (number % 50),
          pathname: `/${number % 100}`,
        })
      }),
    )
    const begin = performance.now()
    await writer.flush()
    milliseconds += performance.now() - begin
  }
  return Math.round((milliseconds / BATCHES) * 10) / 10
}

await measure(writers)
const rounds = []
for (let round = 0; round < ROUNDS; round += 1) rounds.push({ alone: await measure([writers[0]!]), byTurns: await measure(writers) })
for (const writer of writers) await writer.close()
await store.close()
process.stdout.write(`${JSON.stringify({ events: EVENTS, millisecondsPerBatch: rounds })}\n`)
