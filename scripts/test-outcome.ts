import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { EventData } from 'node:test'
import type { TestEvent } from 'node:test/reporters'
import { ROOT } from './paths.mjs'

/** A line of a report: a test that failed, or a file that ended. */
type Line = { failed: string } | { file: string; milliseconds: number; passed: number }

/** Of how many files the end names the time. */
const SLOWEST = 5

/** A reporter of Node's test runner: what `outcome` needs, a line of JSON each. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    const line = event.type === 'test:fail' ? failure(event.data) : event.type === 'test:summary' ? end(event.data) : null
    if (line) yield `${JSON.stringify(line)}\n`
  }
}

/**
 * What is said at the very end, below thousands of lines: which tests failed and where they stand, or that none did.
 *
 * @param directory a report of each run
 */
export async function outcome(directory: string): Promise<string> {
  const texts = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')))
  const lines = texts.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line) as Line)
  const failures = lines.flatMap((line) => ('failed' in line ? [line.failed] : []))
  const files = lines.flatMap((line) => ('file' in line ? [line] : []))
  const slowest = files.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, SLOWEST)
  const passed = files.reduce((sum, file) => sum + file.passed, 0)
  return [
    `\n${passed} tests of ${files.length} files passed. What took longest:`,
    ...slowest.map(({ file, milliseconds }) => `  ${(milliseconds / 1000).toFixed(0)} s ${file}`),
    failures.length === 0 ? 'No test failed.' : `FAILED: ${failures.length}`,
    ...failures.map((text) => `  ${text}`),
  ].join('\n')
}

function failure({ name, file, line, details }: EventData.TestFail): Line | null {
  const { failureType } = details.error as { failureType?: string }
  // A suite fails with each of its tests, which are named themselves.
  return failureType === 'subtestsFailed' ? null : { failed: `${place(file ?? '')}:${line} ${name}` }
}

function end({ file, duration_ms, counts }: EventData.TestSummary): Line | null {
  return file === undefined ? null : { file: place(file), milliseconds: duration_ms, passed: counts.passed }
}

function place(file: string): string {
  return relative(ROOT, file)
}
