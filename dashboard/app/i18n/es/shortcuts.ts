import type { Translation } from '../areas.ts'

export default {
  goTo: 'Ir a',
  allSites: 'Todos los sitios',
  switchSite: 'Cambiar de sitio',
  thisSheet: 'Esta lista',
  period: 'Período',
  view: 'Estadísticas',
  compare: 'Activar o desactivar la comparación',
  stepBack: 'Salir de la fecha, el zoom o los filtros',
  graph: 'En el gráfico',
  move: 'De un punto a otro',
  ends: 'Primer o último punto',
  openPoint: 'Abrir el punto',
  stretch: 'Elegir un tramo para ampliarlo',
} satisfies Translation<'shortcuts'>
