import { parse } from 'tldts'
import { memo } from '../memo.ts'
import { ASSISTANTS } from './sources-assistants.ts'
import { EMAIL } from './sources-email.ts'
import { OTHER } from './sources-other.ts'
import { SEARCH } from './sources-search.ts'
import { SHOPPING } from './sources-shopping.ts'
import { SOCIAL } from './sources-social.ts'
import { VIDEO } from './sources-video.ts'

export type Category = 'search' | 'social' | 'video' | 'shopping' | 'email'

/** Known sources of one category. Words are hosts (subdomains included), brands under any suffix (`google.*`), apps or tags. */
export interface SourceList {
  /** Sources with a spelling of their own: name → its words. The name itself, without regard to case, is a tag too. */
  named: Record<string, string>
  /** Words that belong to the category but stay as they are spelled. */
  plain: string
}

interface Known {
  /** null: keeps the spelling it came with. */
  name: string | null
  category: Category | null
}

export const LISTS: [Category | null, SourceList][] = [
  ['search', SEARCH],
  ['search', ASSISTANTS],
  ['social', SOCIAL],
  ['video', VIDEO],
  ['shopping', SHOPPING],
  ['email', EMAIL],
  [null, OTHER],
]

const words = new Map<string, Known>()
const brands = new Map<string, Known>()

function learn(text: string, known: Known): void {
  for (const word of text.split(/\s+/)) {
    if (word.endsWith('.*')) brands.set(word.slice(0, -2), known)
    else if (word) words.set(word, known)
  }
}
for (const [category, list] of LISTS) {
  learn(list.plain, { name: null, category })
  for (const [name, text] of Object.entries(list.named)) {
    const known = { name, category }
    words.set(name.toLowerCase(), known)
    learn(text, known)
  }
}

/** The host itself, then its parents, so that `old.reddit.com` is Reddit while `mail.google.com` is not Google. */
function findHost(host: string): Known | null {
  for (let part = host; ;) {
    const known = words.get(part)
    if (known) return known
    const dot = part.indexOf('.')
    if (dot < 0 || !part.includes('.', dot + 1)) break
    part = part.slice(dot + 1)
  }
  const { domainWithoutSuffix, isIcann } = parse(host)
  // Only real suffixes: anybody can invent google.internal.
  return (isIcann && domainWithoutSuffix && brands.get(domainWithoutSuffix)) || null
}

/** No host is longer, and no name of a source: longer texts are not worth remembering. */
const MAX_LENGTH = 253

const lookUp = memo(4_000, (text: string): Known | null => words.get(text) ?? (text.includes('.') ? findHost(text) : null))

const find = (text: string): Known | null => (text.length > MAX_LENGTH ? null : lookUp(text))

/** Ends of a tag by which advertisers mark what they paid for: `facebook-ads`, `fbad`, `google_ads`. */
const ADS = /[-_. ]?ads?$/

const lookUpTag = memo(4_000, (tag: string): { known: Known; paid: boolean } | null => {
  const known = find(tag)
  if (known) return { known, paid: PAID.has(tag) }
  const bare = tag.replace(ADS, '')
  const advertiser = bare !== tag && find(bare)
  return advertiser ? { known: advertiser, paid: true } : null
})

const findTag = (tag: string) => (tag.length > MAX_LENGTH ? null : lookUpTag(tag.toLowerCase()))

/** Tags that mean advertising though they do not end in `ads` after a known name. */
const PAID = new Set(['gads', 'adwords', 'google adwords', 'doubleclick', 'igads', 'msads', 'microsoft ads'])

/** Name of a source by the host of the referrer (lower case, without `www.`); an unknown host is its own name. */
export function sourceOfHost(host: string): string {
  return find(host)?.name ?? host
}

/** Name of a source by the package of an Android app, null where unknown. */
export function sourceOfApp(app: string): string | null {
  return words.get(app)?.name ?? null
}

/** Usual spelling of what a tag calls its source; unknown ones stay as given. */
export function sourceOfTag(tag: string): string {
  return findTag(tag)?.known.name ?? tag
}

/** Does the tag say that the source was paid? */
export function isPaidTag(tag: string): boolean {
  return findTag(tag)?.paid ?? false
}

/** What kind of place a source is, by its name or host; null for those that are none of the kinds. */
export function categoryOf(source: string): Category | null {
  return find(source.toLowerCase())?.category ?? null
}
