import { seedLines } from '@footfall/simulator/history.ts'
import { SITES } from '@footfall/simulator/sites.ts'

const EVENTS = 1_000_000
const DAYS = 90
/** A day is written out, so that every run makes the same bytes. */
const NOW = Date.UTC(2026, 0, 1)

/** How fast histories are made, per site: what feeds the other benchmarks must not be what they measure. One JSON object. */
export function main(): void {
  const sites = SITES.map((profile) => {
    globalThis.gc?.()
    const started = performance.now()
    let lines = 0
    let characters = 0
    let peak = 0
    for (const line of seedLines(profile, { days: DAYS, events: EVENTS, now: NOW })) {
      lines++
      characters += line.length
      if (lines % 50_000 === 0) peak = Math.max(peak, process.memoryUsage().rss)
    }
    const seconds = (performance.now() - started) / 1000
    return {
      domain: profile.domain,
      lines,
      linesPerSecond: Math.round(lines / seconds),
      charactersPerLine: Math.round(characters / lines),
      peakMegabytes: Math.round(peak / 2 ** 20),
    }
  })
  process.stdout.write(`${JSON.stringify({ bench: 'lines', node: process.version, days: DAYS, sites }, null, 2)}\n`)
}
