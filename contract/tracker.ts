import type { TrackerOptions } from './sites.ts'

/** Options that are compiled into the script, in the order of a variant's name. */
export const TRACKER_OPTIONS = [
  'fileDownloads',
  'formSubmissions',
  'hash',
  'localhost',
  'manual',
  'outboundLinks',
] as const satisfies (keyof TrackerOptions)[]

/** The script for everybody, with every option, which reads `data-*` of its tag. */
export const GENERIC_TRACKER = 'generic'

/** Stand in a built script where the server writes the site's domain and the address for events. */
export const TRACKER_PLACES = { domain: '@DOMAIN@', endpoint: '@ENDPOINT@' } as const

/** Name of the built script with these options, `base` for none. */
export function trackerVariant(options: TrackerOptions): string {
  return TRACKER_OPTIONS.filter((name) => options[name]).join('+') || 'base'
}

/** `manifest.json` beside the built scripts: name of a variant to its file and the hash of its content. */
export type TrackerManifest = Record<string, { file: string; hash: string }>
