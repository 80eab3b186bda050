import type { DropReason } from '@footfall/contract/names.ts'
import type { TextKey } from '../i18n/areas.ts'

export interface Advice {
  text: TextKey<'dropped'>
  /** Below the address of the site. */
  to?: string
}

const IN_SETTINGS: Advice = { text: 'inSettings', to: '/settings#not-counted' }

/** What the owner of a site can do about it. Reasons without an entry are none of theirs: a crawler stays a crawler. */
const ADVICE: Partial<Record<DropReason, Advice>> = {
  site_ip_blocklist: IN_SETTINGS,
  site_country_blocklist: IN_SETTINGS,
  site_page_blocklist: IN_SETTINGS,
  site_hostname_allowlist: IN_SETTINGS,
  do_not_track: IN_SETTINGS,
  dc_ip: IN_SETTINGS,
  too_old: { text: 'tooOld' },
  duplicate: { text: 'duplicate' },
  bot: { text: 'bot' },
}

export const dropAdvice = (reason: DropReason): Advice | undefined => ADVICE[reason]
