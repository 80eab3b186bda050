/** Time zones the browser knows, UTC first: it is what a site without a place should have. */
export function timezones(): string[] {
  return ['Etc/UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'Etc/UTC' && name !== 'UTC')]
}

/** The zone of the person at the keyboard, under a name that servers know. */
export function ownTimezone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return own && own !== 'UTC' ? own : 'Etc/UTC'
}

/** What people paste when asked for a domain, cut down to one: no scheme, no path, no `www.`. */
export const cleanDomain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '')
