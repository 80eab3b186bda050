export type NumberFormat = 'count' | 'ratio' | 'percent' | 'duration'

const UNITS = [
  { from: 1e9, sign: 'B' },
  { from: 1e6, sign: 'M' },
  { from: 1e3, sign: 'k' },
]

/** 1234 → `1.2k`. Cut, not rounded, so that 999,999 does not become a million that nobody reached. */
export function short(value: number): string {
  const unit = UNITS.find(({ from }) => Math.abs(value) >= from)
  if (!unit) return String(Math.round(value))
  const scaled = value / unit.from
  const digits = Math.abs(scaled) < 100 ? 1 : 0
  return `${Math.trunc(scaled * 10 ** digits) / 10 ** digits}${unit.sign}`
}

/** 83 → `1m 23s`, 3700 → `1h 1m`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  if (hours > 0) return `${hours}h ${minutes}m`
  return minutes > 0 ? `${minutes}m ${String(whole % 60).padStart(2, '0')}s` : `${whole}s`
}

const plain = (value: number, digits: number) => value.toLocaleString('en', { maximumFractionDigits: digits })

/** As shown: short enough to be read at a glance. */
export function display(value: number | null, format: NumberFormat): string {
  if (value === null) return '–'
  switch (format) {
    case 'count':
      return short(value)
    case 'ratio':
      return plain(value, 2)
    case 'percent':
      return `${plain(value, 1)}%`
    case 'duration':
      return duration(value)
  }
}

/** As shown on hover: every digit. */
export function exact(value: number | null, format: NumberFormat): string {
  if (value === null) return 'Not measured'
  return format === 'count' ? plain(value, 0) : format === 'duration' ? `${plain(value, 0)} seconds` : display(value, format)
}
