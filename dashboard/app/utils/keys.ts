import type { Key, KeyScope } from '@footfall/contract/accounts.ts'
import { dayText } from './date-text.ts'

/** What a key may do, in words; in the order of the form. */
export const SCOPES: Readonly<Record<KeyScope, { label: string; help: string }>> = {
  stats: { label: 'Read statistics', help: 'The Stats API and exports' },
  sites: { label: 'Manage sites', help: 'Sites, goals and their settings' },
  import: { label: 'Import', help: 'History from other products' },
  events: { label: 'Send events', help: 'From a server, in the name of visitors' },
}
export const scopeKeys = Object.keys(SCOPES) as KeyScope[]

/** What a key may do and when it was last used. */
export function keyText(key: Key, locale = 'en-GB'): string {
  const may = key.scopes.map((scope) => SCOPES[scope as KeyScope]?.label ?? scope).join(', ')
  const used = key.last_used_at === null ? 'never used' : `last used ${dayText(key.last_used_at.slice(0, 10), locale)}`
  return `${may} · ${used}`
}
