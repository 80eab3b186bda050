import type { Translation } from '../areas.ts'

export default {
  title: 'Websites',
  search: 'Websites suchen',
  add: 'Website hinzufügen',
  none: 'Noch keine Website. Füge die erste hinzu und setze ihr Snippet auf deine Seiten; Besuche erscheinen hier nach Sekunden.',
  addFirst: 'Erste Website hinzufügen',
  noMatch: 'Keine Website passt zu „{text}“.',
  visitors: { one: 'Besucher in den letzten 7 Tagen', other: 'Besucher in den letzten 7 Tagen' },
  now: '{count} jetzt',
  failed: 'Die Zahlen konnten nicht geladen werden.',
  domain: 'Domain',
  domainHelp: 'Ohne https:// und www.',
  timezone: 'Zeitzone',
  timezoneHelp: 'Die Tage der Statistik beginnen dort um Mitternacht.',
  searchCity: 'Stadt suchen',
  addSite: 'Hinzufügen',
} satisfies Translation<'sites'>
