import { join } from 'node:path'
import { startPrivate, type PrivateServer } from './process.ts'

const [DATABASE, USER, PASSWORD] = ['footfall', 'footfall', 'p@ss/word']

/** ClickHouse over HTTP for tests: the interface of a server in front of chdb (clickhouse-program.ts), in a process of its own. */
export const startClickHouse = (): Promise<PrivateServer> =>
  startPrivate({
    name: 'clickhouse',
    url: (port) => `http://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${DATABASE}`,
    command: (directory, port) => [
      process.execPath,
      join(import.meta.dirname, 'clickhouse-program.ts'),
      directory,
      String(port),
      DATABASE,
      USER,
      PASSWORD,
    ],
    ready: async (url) => {
      const { ok } = await fetch(new URL('/ping', url.replace(/\/\/.*@/, '//')))
      if (!ok) throw new Error('not yet')
    },
  })
