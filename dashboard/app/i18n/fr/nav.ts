import type { Translation } from '../areas.ts'

export default {
  pagesOf: 'Pages de {domain}',
  overview: 'Vue d’ensemble',
  realtime: 'Temps réel',
  funnels: 'Entonnoirs',
  retention: 'Rétention',
  journeys: 'Parcours',
  visits: 'Visites',
  notCounted: 'Non comptabilisé',
  settings: 'Réglages',
} satisfies Translation<'nav'>
