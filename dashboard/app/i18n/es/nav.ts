import type { Translation } from '../areas.ts'

export default {
  pagesOf: 'Páginas de {domain}',
  overview: 'Resumen',
  realtime: 'Tiempo real',
  funnels: 'Embudos',
  retention: 'Retención',
  journeys: 'Recorridos',
  visits: 'Visitas',
  notCounted: 'No contabilizado',
  settings: 'Ajustes',
  site: 'Sitio',
  searchSites: 'Buscar sitios',
  addSite: 'Añadir un sitio',
} satisfies Translation<'nav'>
