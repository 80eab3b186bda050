import { describe } from 'node:test'
import type { Config } from '../src/config.ts'

/** One way to run Footfall. Tests that touch storage run on every one of them. */
export interface TestEngine {
  name: string
  /** What differs from the embedded default; servers it needs are running when this is called. */
  settings: () => Promise<Partial<Config>>
}

/** MySQL, MariaDB and a ClickHouse server join this list with their issues. */
export const ENGINES: TestEngine[] = [{ name: 'embedded', settings: () => Promise.resolve({}) }]

/** Describes a suite once per engine. */
export function onEveryEngine(name: string, suite: (engine: TestEngine) => void): void {
  for (const engine of ENGINES) describe(`${name} (${engine.name})`, () => suite(engine))
}
