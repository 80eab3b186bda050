import { availableParallelism } from 'node:os'
import { MYSQL9_FILES, MYSQL9_CASES } from './mysql9.ts'

/** Files that one run of Node's test runner takes. */
export interface Run {
  files: readonly string[]
  /** How many files at a time. */
  concurrency: number
  options?: readonly string[]
  /** In place of MariaDB. */
  mysql9?: true
}

/** MariaDB takes 300 connections, and a file up to 30. */
const SIDE_BY_SIDE = Math.min(availableParallelism(), 4)

/** Servers that are started and killed, and browsers in front of them: each file is several processes already, which wait half of the time. */
const WHOLE_SERVERS = 2

/** Everything. Each file has a database, folder and port of its own, so that several share the machine. */
export const RUNS: readonly Run[] = [
  {
    files: [
      ...['contract', 'dashboard/app', 'simulator', 'scripts', 'tracker', 'server/src'].map((folder) => `${folder}/**/*.test.ts`),
      'server/test/*.test.ts',
      'server/test/!(faults)/**/*.test.ts',
    ],
    concurrency: SIDE_BY_SIDE,
  },
  { files: ['e2e', 'server/test/faults'].map((folder) => `${folder}/**/*.test.ts`), concurrency: WHOLE_SERVERS },
  { files: MYSQL9_FILES, concurrency: SIDE_BY_SIDE, mysql9: true },
  { ...MYSQL9_CASES, concurrency: SIDE_BY_SIDE, mysql9: true },
]
