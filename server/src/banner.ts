import { snippetFor } from '@footfall/contract/snippet.ts'
import type { Config } from './config.ts'

/** What a person reads after `npm start`: where it is, what to put on a page, and what to do first. */
export function banner(config: Config, facts: { firstRun: boolean; sites: string[] }): string {
  const [domain = 'example.com'] = facts.sites
  const first = facts.firstRun
    ? `Create your account:  ${config.baseUrl}/setup\n  (or set ADMIN_EMAIL and ADMIN_PASSWORD before the start)`
    : `Dashboard:  ${config.baseUrl}/`
  const indented = snippetFor(domain, config).trim().replaceAll('\n', '\n    ')
  return `
  Footfall is at ${config.baseUrl}

  ${first}

  Put this on the pages of ${domain}${facts.sites.length === 0 ? ' (add your site in the dashboard first)' : ''}:

    ${indented}

  Try it without a page of your own:  ${config.baseUrl}/demo
  API:  ${config.baseUrl}/docs    Data:  ${config.dataDir}    Ctrl-C stops.
`
}
