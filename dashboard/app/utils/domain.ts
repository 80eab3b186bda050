/** What people paste when asked for a domain, cut down to one: no scheme, no path, no `www.`. */
export const cleanDomain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '')
