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
  site: 'Site',
  searchSites: 'Rechercher un site',
  addSite: 'Ajouter un site',
} satisfies Translation<'nav'>
