import { categoryOf, isPaidTag } from './sources.ts'

/** What decides the channel. Blank and absent mean the same. */
export interface ChannelFacts {
  /** Resolved name of the source. */
  source?: string
  utm_source?: string
  utm_medium?: string
  utm_campaign?: string
  /** Name of the click id parameter: `gclid`, `msclkid`. */
  clickId?: string
}

const DISPLAY = new Set(['display', 'banner', 'expandable', 'interstitial', 'cpm'])
const SOCIAL_MEDIUM = new Set([
  'social',
  'social-network',
  'social-media',
  'sm',
  'social network',
  'social media',
  'social_network',
  'social_media',
])
const REFERRAL_MEDIUM = new Set(['referral', 'app', 'link'])
const PAID_MEDIUM = /cp|^ppc$|^retargeting$|^paid/
/** "shop" as a word of its own or in "eshop", but not in "workshop" and "bishop". */
const SHOP_CAMPAIGN = /shopping|(?:^|[^a-df-z])shop/
const EMAIL_TAG = /e[-_ ]?mail|newsletter/
const PUSH_MEDIUM = /push$|mobile|notification/

/**
 * The channel a visit came through, first rule that fits: the shared cases' list of rules ("Acquisition").
 * @returns one of the sixteen names of channels, never blank
 */
export function channel(facts: ChannelFacts): string {
  const source = (facts.source ?? '').toLowerCase()
  const tag = (facts.utm_source ?? '').toLowerCase()
  const medium = (facts.utm_medium ?? '').toLowerCase()
  const campaign = (facts.utm_campaign ?? '').toLowerCase()
  if (!source && !tag && !medium && !campaign) return 'Direct'

  const kind = source ? categoryOf(source) : null
  const paidMedium = PAID_MEDIUM.test(medium)
  const paid = paidMedium || isPaidTag(tag)
  const shopping = kind === 'shopping' || SHOP_CAMPAIGN.test(campaign)
  const paidClick = (source === 'google' && facts.clickId === 'gclid') || (source === 'bing' && facts.clickId === 'msclkid')

  if (campaign.includes('cross-network')) return 'Cross-network'
  if (DISPLAY.has(medium)) return 'Display'
  if (shopping && paidMedium) return 'Paid Shopping'
  if ((kind === 'search' && paid) || paidClick) return 'Paid Search'
  if (kind === 'social' && paid) return 'Paid Social'
  if (kind === 'video' && paid) return 'Paid Video'
  if (paidMedium) return 'Paid Other'
  if (shopping) return 'Organic Shopping'
  if (kind === 'social' || SOCIAL_MEDIUM.has(medium)) return 'Organic Social'
  if (kind === 'video' || medium.includes('video')) return 'Organic Video'
  if (kind === 'search') return 'Organic Search'
  if (kind === 'email' || EMAIL_TAG.test(tag) || EMAIL_TAG.test(medium) || EMAIL_TAG.test(source)) return 'Email'
  if (medium === 'affiliate') return 'Affiliates'
  if (medium === 'audio') return 'Audio'
  if (source === 'sms' || tag === 'sms' || medium === 'sms') return 'SMS'
  if (PUSH_MEDIUM.test(medium) || source === 'firebase') return 'Mobile Push Notifications'
  if (source || REFERRAL_MEDIUM.has(medium)) return 'Referral'
  return 'Direct'
}
