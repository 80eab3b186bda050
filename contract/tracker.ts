import type { TrackerOptions } from './sites.ts'

/** Options that change how the script works inside: one built core for each set of them, in the order of its name. */
export const TRACKER_CORE = ['hash', 'localhost', 'manual', 'pageTitles'] as const satisfies (keyof TrackerOptions)[]

/**
 * Options that say what a click counts as: a built piece each, added to the core by the server. The first that knows it
 * decides: a click on a tagged element is not one on an outbound link too.
 */
export const TRACKER_CLICKS = [
  'taggedElements',
  'outboundLinks',
  'fileDownloads',
  'formSubmissions',
] as const satisfies (keyof TrackerOptions)[]

/** Pieces that run when the script starts; `clicks` makes one of those above. */
export const TRACKER_EXTRAS = ['clicks', 'webVitals'] as const

/** Pieces that see every event before it leaves, in this order. */
export const TRACKER_FILTERS = ['identify', 'pages', 'beforeSend'] as const

/** The script for everybody, with every option, which reads `data-*` of its tag. */
export const GENERIC_TRACKER = 'generic'

/** Query of the generic script's address, under which the server has web vitals as a module: `tracker.js?webVitals`. */
export const VITALS_QUERY = 'webVitals'

/** The module: 0.5 kB that only those load whose tag asks for it. */
export const vitalsModule = (part: (name: string) => string): string => `export default ${part('webVitals')}`

/** Stand in a built script where the server writes the site's domain, the address for events and the pieces. */
export const TRACKER_PLACES = { domain: '@DOMAIN@', endpoint: '@ENDPOINT@', extras: '@EXTRAS@', filter: '@FILTER@' } as const

/** `manifest.json` beside the built files: name of a core or piece to its file and the hash of its content. */
export type TrackerManifest = Record<string, { file: string; hash: string }>

/** What a core was built for: its own options, and whether there is room for extras and a filter. */
export type TrackerCore = Pick<TrackerOptions, (typeof TRACKER_CORE)[number]> & { extras?: boolean; filter?: boolean }

/** Name of the core, `base` for the smallest. */
export function trackerCore(core: TrackerCore): string {
  return ([...TRACKER_CORE, 'extras', 'filter'] as const).filter((name) => core[name]).join('+') || 'base'
}

const globPattern = (glob: string) => glob.replace(/[^\w/*-]/g, '\\$&').replace(/\*+/g, (stars) => (stars[1] ? '.*' : '[^/]*'))

/**
 * Which pages are counted, as the source of one regular expression for their path. In a glob, `*` is any text within a part of the path,
 * `**` any text; a slash at the end makes no difference. What is excluded is not included.
 * An arrow, since the tracker's build puts it into a block, out of which a function would leak.
 */
export const pagePattern = (include: readonly string[] = [], exclude: readonly string[] = []): string => {
  const any = (globs: readonly string[]) => `(${globs.map(globPattern).join('|')})/?$`
  return `^${exclude[0] ? `(?!${any(exclude)})` : ''}${include[0] ? any(include) : ''}`
}

/**
 * Puts a site's script together: the core for its options, with the pieces that it uses and nothing else.
 * @param part text of a built file, by name
 * @param endpoint where events go: an address, or a path relative to that of the script
 */
export function tailorTracker(part: (name: string) => string, options: TrackerOptions, site: { domain: string; endpoint: string }): string {
  const { include = [], exclude = [], beforeSend } = options
  const clicks = TRACKER_CLICKS.filter((name) => options[name]).map(part)
  const extras = []
  if (clicks.length > 0) extras.push(`(${part('clicks')})([${clicks.join()}])`)
  if (options.webVitals) extras.push(part('webVitals'))
  const filters = []
  if (options.identify) filters.push('f(e)')
  if (include.length + exclude.length > 0) filters.push(`(${part('pages')})(${JSON.stringify(pagePattern(include, exclude))})(e)`)
  if (beforeSend) filters.push(`(${part('beforeSend')})(${JSON.stringify(beforeSend)})(e)`)
  // All but the last answer with the event that they were given. `identify` remembers, so it is made once.
  const filter = `e=>${filters.join('&&')}`
  return fillTracker(part(trackerCore({ ...options, extras: extras.length > 0, filter: filters.length > 0 })), {
    domain: JSON.stringify(site.domain),
    endpoint: JSON.stringify(site.endpoint),
    extras: `[${extras.join()}]`,
    filter: options.identify ? `(f=>${filter})((${part('identify')})())` : filter,
  })
}

/** Puts code in place of the texts that the build left, quotes included: a domain may hold a quote. */
export function fillTracker(code: string, values: Partial<Record<keyof typeof TRACKER_PLACES, string>>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`(["'\`])${TRACKER_PLACES[name as keyof typeof values]}\\1`, 'g'), () => value),
    code,
  )
}
