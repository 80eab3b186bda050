import type { Settings } from './settings.ts'

/** What to paste into the head of a site's pages. */
export function snippetFor(domain: string, settings: Settings): string {
  return `<script defer data-domain="${domain}" src="${settings.baseUrl}/${settings.trackerName}"></script>`
}
