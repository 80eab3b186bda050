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

/**
 * Everything. What is one process of its own database, folder and port shares the machine; browsers, servers that are started and killed, and what they wait for
 * come one file at a time, since each of those is several processes already.
 */
export const RUNS: readonly Run[] = [
  {
    files: [
      ...['contract', 'dashboard/app', 'simulator', 'scripts', 'server/src'].map((folder) => `${folder}/**/*.test.ts`),
      'server/test/*.test.ts',
      'server/test/!(faults)/**/*.test.ts',
    ],
    concurrency: SIDE_BY_SIDE,
  },
  { files: ['tracker', 'e2e', 'server/test/faults'].map((folder) => `${folder}/**/*.test.ts`), concurrency: 1 },
  { files: MYSQL9_FILES, concurrency: SIDE_BY_SIDE, mysql9: true },
  { ...MYSQL9_CASES, concurrency: SIDE_BY_SIDE, mysql9: true },
]
