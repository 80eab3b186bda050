import { DEMO_SITE } from '@footfall/contract/routes.ts'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import type { DemoGoal, SiteProfile } from './profile.ts'
import { himaltea } from './sites/himaltea.ts'
import { lanternpost } from './sites/lanternpost.ts'
import { northwind } from './sites/northwind.ts'

/** The websites that the simulator has visitors for. Domains under .example are reserved (RFC 2606): nobody owns them. */
export const SITES: readonly SiteProfile[] = [northwind, lanternpost, himaltea]

export interface DemoSite {
  domain: string
  timezone: string
  goals: readonly DemoGoal[]
  tracker?: TrackerOptions
}

/** What a demo must create before `seed` and `simulate`: the three websites and the one of the page at /demo. */
export const DEMO_SITES: readonly DemoSite[] = [
  ...SITES.map(({ domain, timezone, goals }) => ({ domain, timezone, goals })),
  {
    domain: DEMO_SITE,
    timezone: 'Etc/UTC',
    tracker: { localhost: true, outboundLinks: true, fileDownloads: true },
    goals: [
      { goal_type: 'event', event_name: 'Signup' },
      { goal_type: 'event', event_name: 'Purchase', currency: 'EUR' },
      { goal_type: 'event', event_name: 'Outbound Link: Click' },
      { goal_type: 'event', event_name: 'File Download' },
    ],
  },
]
