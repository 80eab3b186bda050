import type { Translation } from '../areas.ts'

export default {
  title: 'Sitios',
  search: 'Buscar sitios',
  add: 'Añadir un sitio',
  none: 'Aún no hay sitios. Añade el primero y pon su fragmento en tus páginas; las visitas aparecen aquí en segundos.',
  addFirst: 'Añade tu primer sitio',
  noMatch: 'Ningún sitio coincide con «{text}».',
  visitors: {
    one: 'visitante en los últimos 7 días',
    many: 'de visitantes en los últimos 7 días',
    other: 'visitantes en los últimos 7 días',
  },
  now: '{count} ahora',
  failed: 'No se pudieron cargar los números.',
  domain: 'Dominio',
  domainHelp: 'Sin https:// ni www.',
  timezone: 'Zona horaria',
  timezoneHelp: 'Los días de las estadísticas empiezan allí a medianoche.',
  searchCity: 'Buscar una ciudad',
  addSite: 'Añadir sitio',
} satisfies Translation<'sites'>
