import type { TrackerOptions } from '@footfall/contract/sites.ts'
import type { TextKey } from '../i18n/areas.ts'
import { entriesOf } from './shields.ts'

type Switches<Options = Required<TrackerOptions>> = { [Key in keyof Options]: Options[Key] extends boolean ? Key : never }[keyof Options]

/** What is on or off, in the order in which people look for it. `identify` is a choice about people and has a card of its own. */
export const TRACKER_SWITCHES = [
  { key: 'outboundLinks', help: 'outboundLinksHelp' },
  { key: 'fileDownloads', help: 'fileDownloadsHelp' },
  { key: 'formSubmissions', help: 'formSubmissionsHelp' },
  { key: 'taggedElements', help: 'taggedElementsHelp' },
  { key: 'webVitals', help: 'webVitalsHelp' },
  { key: 'pageTitles', help: 'pageTitlesHelp' },
  { key: 'hash', help: 'hashHelp' },
  { key: 'manual', help: 'manualHelp' },
  { key: 'localhost', help: 'localhostHelp' },
] as const satisfies readonly { key: Switches & TextKey<'script'>; help: TextKey<'script'> }[]
export type TrackerSwitch = (typeof TRACKER_SWITCHES)[number]['key']

/** What the form about the script holds: lists as people type them, one glob a line. */
export interface TrackerForm {
  on: Record<TrackerSwitch, boolean>
  include: string
  exclude: string
  beforeSend: string
}

/** The form for the options of a site. */
export const trackerForm = (options: TrackerOptions): TrackerForm => ({
  on: Object.fromEntries(TRACKER_SWITCHES.map(({ key }) => [key, options[key] === true])) as TrackerForm['on'],
  include: (options.include ?? []).join('\n'),
  exclude: (options.exclude ?? []).join('\n'),
  beforeSend: options.beforeSend ?? '',
})

/**
 * What the form asks for; what is off is left out, so that equal choices are equal texts. A path without its slash gets one: people leave it out,
 * and a glob that begins with none matches no page.
 * @param before options as they are: those that the form does not show stay
 */
export function trackerOptions(form: TrackerForm, before: TrackerOptions = {}): TrackerOptions {
  const shown = new Set<string>([...TRACKER_SWITCHES.map(({ key }) => key), 'include', 'exclude', 'beforeSend'])
  const globs = (text: string) => [...new Set(entriesOf(text).map((glob) => (/^[/*]/.test(glob) ? glob : `/${glob}`)))]
  const lists = { include: globs(form.include), exclude: globs(form.exclude) }
  return {
    ...Object.fromEntries(Object.entries(before).filter(([key]) => !shown.has(key))),
    ...Object.fromEntries(TRACKER_SWITCHES.filter(({ key }) => form.on[key]).map(({ key }) => [key, true])),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
    ...(form.beforeSend.trim() !== '' && { beforeSend: form.beforeSend.trim() }),
  }
}

/** Bytes as they are counted where each one matters: `1,183 bytes`. */
export const exactBytes = (bytes: number, language: string): string =>
  bytes.toLocaleString(language, { style: 'unit', unit: 'byte', unitDisplay: 'long' })
