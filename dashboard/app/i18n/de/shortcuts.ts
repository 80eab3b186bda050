import type { Translation } from '../areas.ts'

export default {
  goTo: 'Gehe zu',
  allSites: 'Alle Websites',
  switchSite: 'Website wechseln',
  thisSheet: 'Diese Liste',
  period: 'Zeitraum',
  view: 'Statistik',
  compare: 'Vergleich ein- oder ausschalten',
  stepBack: 'Datum, Zoom oder Filter verlassen',
  graph: 'Im Diagramm',
  move: 'Von Punkt zu Punkt',
  ends: 'Erster oder letzter Punkt',
  openPoint: 'Punkt öffnen',
  stretch: 'Ausschnitt zum Zoomen wählen',
} satisfies Translation<'shortcuts'>
