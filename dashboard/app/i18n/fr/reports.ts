import type { Translation } from '../areas.ts'

export default {
  visitors: 'Visiteurs',
  visits: 'Visites',
  views: 'Vues',
  share: 'Part',
  value: 'Valeur',
  page: 'Page',
  source: 'Source',
  channel: 'Canal',
  country: 'Pays',
  device: 'Appareil',
  browser: 'Navigateur',
  system: 'Système d’exploitation',
  language: 'Langue',
  visitorCount: { one: '{n} visiteur', many: '{n} de visiteurs', other: '{n} visiteurs' },
  visitCount: { one: '{n} visite', many: '{n} de visites', other: '{n} visites' },
  nothingTitle: 'Rien sur cette période',
  nothingText:
    'Aucune visite ne correspond à cette période et à ces filtres. Une période plus longue ou moins de filtres en montreront peut-être davantage.',
  showAll: 'Afficher toute la durée',
} satisfies Translation<'reports'>
