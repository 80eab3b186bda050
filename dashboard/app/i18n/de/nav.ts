import type { Translation } from '../areas.ts'

export default {
  pagesOf: 'Seiten von {domain}',
  overview: 'Übersicht',
  realtime: 'Echtzeit',
  funnels: 'Trichter',
  retention: 'Wiederkehr',
  journeys: 'Wege',
  visits: 'Besuche',
  notCounted: 'Nicht gezählt',
  settings: 'Einstellungen',
  site: 'Website',
  searchSites: 'Websites suchen',
  addSite: 'Website hinzufügen',
} satisfies Translation<'nav'>
