/** Classes of screens by width in CSS pixels, each up to (not including) its bound; the names and bounds that Plausible's dashboards have. */
const CLASSES = [
  { below: 576, name: 'Mobile' },
  { below: 992, name: 'Tablet' },
  { below: 1440, name: 'Laptop' },
  { below: Infinity, name: 'Desktop' },
] as const

/** Wider is no screen that people have. */
const WIDEST = 100_000

/**
 * Class of a screen, blank where the width is no number above 0.
 * @param width in CSS pixels, as a number or as text of digits
 */
export function screenClass(width: unknown): string {
  const pixels = typeof width === 'string' && /^\d{1,6}(\.\d{1,9})?$/.test(width) ? Number(width) : width
  if (typeof pixels !== 'number' || !(pixels > 0 && pixels <= WIDEST)) return ''
  return CLASSES.find(({ below }) => pixels < below)!.name
}
