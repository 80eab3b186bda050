export type NumberFormat = 'count' | 'ratio' | 'percent' | 'duration' | 'milliseconds'

const number = (value: number, language: string, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(language, options).format(value)
const CUT: Intl.NumberFormatOptions = { notation: 'compact', roundingMode: 'trunc' }

/** 1234 → `1.2K`, as the language shortens. Cut, not rounded, so that 999,999 does not become a million that nobody reached. */
export function short(value: number, language = 'en'): string {
  if (Math.abs(value) < 1000) return number(Math.round(value), language, {})
  const digits = new Intl.NumberFormat('en', CUT).formatToParts(value).find(({ type }) => type === 'integer')?.value.length ?? 0
  return number(value, language, { ...CUT, maximumFractionDigits: digits < 3 ? 1 : 0 })
}

// German has no narrow units: `1 Min. 23 Sek.` has no room beside a change, and `1m 23s` is read there too.
const unitsOf = (language: string) => (language === 'de' ? 'en' : language)

/** 83 → `1m 23s`, 3700 → `1h 1m`. */
export function duration(seconds: number, language = 'en'): string {
  const whole = Math.round(seconds)
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  const unit = (value: number, name: string, digits = 1) =>
    number(value, unitsOf(language), { style: 'unit', unit: name, unitDisplay: 'narrow', minimumIntegerDigits: digits })
  if (hours > 0) return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`
  return minutes > 0 ? `${unit(minutes, 'minute')} ${unit(whole % 60, 'second', 2)}` : unit(whole, 'second')
}

/** 1840 → `1.8s`, 120 → `120ms`: how fast a page is. */
function quick(milliseconds: number, language: string): string {
  const [value, unit] = milliseconds < 1000 ? [milliseconds, 'millisecond'] : [milliseconds / 1000, 'second']
  return number(value, unitsOf(language), { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: unit === 'second' ? 1 : 0 })
}

/** As shown: short enough to be read at a glance. */
export function display(value: number | null, format: NumberFormat, language = 'en'): string {
  if (value === null) return '–'
  switch (format) {
    case 'count':
      return short(value, language)
    case 'ratio':
      return number(value, language, { maximumFractionDigits: 2 })
    case 'percent':
      return number(value / 100, language, { style: 'percent', maximumFractionDigits: 1 })
    case 'duration':
      return duration(value, language)
    case 'milliseconds':
      return quick(value, language)
  }
}

/** As shown on hover: every digit. */
export function exact(value: number, format: NumberFormat, language = 'en'): string {
  if (format === 'count') return number(value, language, { maximumFractionDigits: 0 })
  if (format === 'duration')
    return number(value, language, { style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 0 })
  return display(value, format, language)
}
