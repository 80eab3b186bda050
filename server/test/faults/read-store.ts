import { loadConfig } from '../../src/config.ts'
import { openEngine } from '../../src/storage/open.ts'
import type { StoredEvent, StoredVisit } from './verdict.ts'

/**
 * Prints everything of the first site as JSON; the environment is that of the server, which is not running. A process of its own,
 * since one process can open one embedded store only.
 */
const engine = await openEngine(loadConfig(process.env, process.cwd()))
const events: StoredEvent[] = []
for await (const page of engine.export({ site: 1, from: 0, to: 2 ** 32 - 1 })) {
  for (const { pathname, name, at, visitor, visit, interactive } of page) {
    events.push({ page: pathname, name, time: at, visitor, visit, interactive })
  }
}
const visits = (await engine.visits({ activeSince: 0 })).map(
  ({ id, visitor, start, end, active, duration, bounce, pageviews, events, entryPage, exitPage }): StoredVisit => {
    return { id, visitor, start, end, active, duration, bounce, pageviews, events, entryPage, exitPage }
  },
)
process.stdout.write(JSON.stringify({ events, visits }))
await engine.close()
