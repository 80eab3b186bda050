import type { DropReason } from '@footfall/contract/names.ts'

export interface Advice {
  text: string
  /** Below the address of the site. */
  to?: string
}

const IN_SETTINGS: Advice = { text: 'Change what is not counted', to: '/settings#not-counted' }

/** What the owner of a site can do about it. Reasons without an entry are none of theirs: a crawler stays a crawler. */
const ADVICE: Partial<Record<DropReason, Advice>> = {
  site_ip_blocklist: IN_SETTINGS,
  site_country_blocklist: IN_SETTINGS,
  site_page_blocklist: IN_SETTINGS,
  site_hostname_allowlist: IN_SETTINGS,
  do_not_track: IN_SETTINGS,
  dc_ip: IN_SETTINGS,
  too_old: { text: 'A server that sends events itself should send them within two days.' },
  duplicate: { text: 'Nothing is missing: it was sent again to be on the safe side.' },
  bot: { text: 'A test with a headless browser is taken for a crawler, too.' },
}

export const dropAdvice = (reason: DropReason): Advice | undefined => ADVICE[reason]
