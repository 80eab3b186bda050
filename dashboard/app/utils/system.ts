import type { System } from '@footfall/contract/system.ts'
import type { TextKey } from '../i18n/areas.ts'

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** 1500000 → `1.5 MB`; units of a thousand, as disks are sold. */
export function bytesText(bytes: number, language = 'en'): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3) - 1))
  const value = bytes / 1000 ** (step + 1)
  const format = {
    style: 'unit',
    unit: UNITS[step]!,
    unitDisplay: 'short',
    maximumFractionDigits: value > 0 && value < 10 ? 1 : 0,
  } as const
  return value.toLocaleString(language, format)
}

/** 90061 → `1 day, 1 hour`: the two largest units, of which the second may be nothing. */
export function uptimeText(seconds: number, language = 'en'): string {
  const parts = [
    { unit: 'day', value: Math.floor(seconds / 86_400) },
    { unit: 'hour', value: Math.floor(seconds / 3600) % 24 },
    { unit: 'minute', value: Math.floor(seconds / 60) % 60 },
  ]
  const first = parts.findIndex(({ value }) => value > 0)
  return parts
    .slice(first === -1 ? 2 : first, first === -1 ? 3 : first + 2)
    .map(({ unit, value }) => value.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' }))
    .join(language === 'ja' ? '' : ' ')
}

/** How full something with a bound is. */
export interface Meter {
  text: 'journal' | 'disk'
  used: number
  total: number
  /** From here on somebody should look. */
  worrying: boolean
}

export function meters({ journal, disk }: System): Meter[] {
  const used = disk.total_bytes - disk.free_bytes
  return [
    { text: 'journal', used: journal.bytes, total: journal.limit_bytes, worrying: journal.bytes > journal.limit_bytes / 4 },
    { text: 'disk', used, total: disk.total_bytes, worrying: used > disk.total_bytes * 0.9 },
  ]
}

/** What runs, as rows of a table; `value` null is a part that does not answer. */
export function parts(system: System, language: string): { text: TextKey<'system'>; value: string | null }[] {
  const { events, metadata, cache } = system
  return [
    { text: 'version', value: system.version },
    { text: 'uptime', value: uptimeText(system.uptime_seconds, language) },
    { text: 'events', value: events.version === null ? null : `${events.engine} ${events.version}` },
    { text: 'metadata', value: metadata.kind },
    { text: 'cache', value: cache.ok ? cache.kind : null },
    { text: 'node', value: system.node },
    { text: 'memory', value: bytesText(system.memory_bytes, language) },
  ]
}
