import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { StoredEvent, StoredVisit } from './verdict.ts'

/** A store whose server is put through faults. An engine is one more entry. */
export interface FaultStore {
  name: string
  /** Settings of the server, beyond the data directory; what they need is running and empty when this is called. */
  environment(): Promise<Record<string, string>>
  /** Everything stored. No server is running. */
  read(dataDir: string): Promise<{ events: StoredEvent[]; visits: StoredVisit[] }>
}

export const STORES: FaultStore[] = [
  {
    name: 'embedded',
    environment: () => Promise.resolve({}),
    async read(dataDir) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'read-chdb.ts'), join(dataDir, 'events')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const exit = once(child, 'exit')
      const printed = await text(child.stdout)
      await exit
      if (child.exitCode !== 0) throw new Error(`the store cannot be read: exit code ${child.exitCode}`)
      return JSON.parse(printed) as { events: StoredEvent[]; visits: StoredVisit[] }
    },
  },
]
