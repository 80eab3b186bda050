import { openMetadata } from '../database/open.ts'
import type { Command } from './command.ts'

export const migrate: Command = {
  summary: 'Brings the database up to date; every start does the same',
  takes: [],
  options: {},
  async run({ config, note }) {
    const { database, applied } = await openMetadata(config)
    await database.destroy()
    note(applied.length === 0 ? 'The database is up to date.' : `Migrated: ${applied.join(', ')}.`)
  },
}

export const start: Command = {
  summary: 'Runs the server, as npm start does',
  takes: [],
  options: {},
  async run() {
    const { main } = await import('../main.ts')
    await main()
  },
}
