import type { Key, KeyScope } from '@footfall/contract/accounts.ts'
import type { Say, TextKey } from '../i18n/areas.ts'
import { dayText } from './date-text.ts'

/** What a key may do, in words; in the order of the form. */
export const SCOPES: Readonly<Record<KeyScope, { label: TextKey<'people'>; help: TextKey<'people'> }>> = {
  stats: { label: 'scopeStats', help: 'scopeStatsHelp' },
  sites: { label: 'scopeSites', help: 'scopeSitesHelp' },
  import: { label: 'scopeImport', help: 'scopeImportHelp' },
  events: { label: 'scopeEvents', help: 'scopeEventsHelp' },
}
export const scopeKeys = Object.keys(SCOPES) as KeyScope[]

/** What a key may do and when it was last used. */
export function keyText(key: Key, t: Say<'people'>, locale: string): string {
  const may = key.scopes.map((scope) => (Object.hasOwn(SCOPES, scope) ? t(SCOPES[scope as KeyScope].label) : scope)).join(', ')
  const used = key.last_used_at === null ? t('neverUsed') : t('lastUsed', { date: dayText(key.last_used_at.slice(0, 10), locale) })
  return `${may} · ${used}`
}
