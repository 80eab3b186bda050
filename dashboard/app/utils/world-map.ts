import type { Row } from './rows.ts'

/**
 * How strongly each country is coloured, in percent of the full colour, by its code. By the square root, since one country often has
 * most visitors and all others would look alike; the least is still seen.
 */
export function shades(rows: readonly Row[]): Map<string, number> {
  const largest = Math.max(1, ...rows.map(({ numbers }) => numbers[0] ?? 0))
  return new Map(rows.map(({ value, numbers }) => [value, Math.round(14 + 86 * Math.sqrt((numbers[0] ?? 0) / largest))]))
}

/** The country that an arrow key leads to, by the number of visitors; from none to the first. */
export function stepTo(codes: readonly string[], now: string | null, step: 1 | -1): string | null {
  const at = now === null ? -1 : codes.indexOf(now)
  return codes[Math.min(codes.length - 1, Math.max(0, at + step))] ?? null
}
