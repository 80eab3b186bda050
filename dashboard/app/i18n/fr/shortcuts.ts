import type { Translation } from '../areas.ts'

export default {
  goTo: 'Aller à',
  allSites: 'Tous les sites',
  switchSite: 'Changer de site',
  thisSheet: 'Cette liste',
  period: 'Période',
  view: 'Statistiques',
  compare: 'Activer ou désactiver la comparaison',
  stepBack: 'Quitter la date, le zoom ou les filtres',
  graph: 'Dans le graphique',
  move: 'D’un point à l’autre',
  ends: 'Premier ou dernier point',
  openPoint: 'Ouvrir le point',
  stretch: 'Choisir une plage à agrandir',
} satisfies Translation<'shortcuts'>
