import { snippetFor } from '@footfall/contract/snippet.ts'
import { addSite, listSites } from '../sites/store.ts'
import type { Command } from './command.ts'

export const siteAdd: Command = {
  summary: 'Adds a site and prints the snippet for its pages',
  takes: ['DOMAIN'],
  options: { timezone: { value: 'TZ', meaning: 'IANA time zone of its days, such as Europe/Berlin (default Etc/UTC)' } },
  async run({ config, note, print, withDatabase }, given) {
    const [domain = ''] = given.positionals
    const timezone = given.text('timezone')
    const site = await withDatabase((database) => addSite({ database }, { domain, ...(timezone !== undefined && { timezone }) }))
    note(`Added ${site.domain} (days in ${site.timezone}). Paste this into the <head> of its pages:\n`)
    print(snippetFor(site.domain, config))
  },
}

export const siteList: Command = {
  summary: 'Lists the sites: domain, time zone, since when',
  takes: [],
  options: {},
  async run({ note, print, withDatabase }) {
    const page = 1000
    let count = 0
    await withDatabase(async (database) => {
      for (let after = '', more = true; more;) {
        const sites = await listSites(database, page, after)
        for (const site of sites) print(`${site.domain}\t${site.timezone}\t${site.created_at}`)
        count += sites.length
        after = sites.at(-1)?.domain ?? ''
        more = sites.length === page
      }
    })
    if (count === 0) note('No site yet. Add one with: footfall site add DOMAIN')
  },
}
