import type { Translation } from '../areas.ts'

export default {
  title: 'Retención',
  width: 'Duración de un periodo',
  day: 'Día',
  week: 'Semana',
  month: 'Mes',
  shown: 'Qué muestran las celdas',
  percent: 'Porcentaje',
  count: 'Visitantes',
  firstDay: 'Primera visita el',
  firstWeek: 'Primera visita en la semana del',
  firstMonth: 'Primera visita en',
  backDay: 'Volvieron tantos días después',
  backWeek: 'Volvieron tantas semanas después',
  backMonth: 'Volvieron tantos meses después',
  all: 'Todos juntos',
  cell: { one: '{n} de {all} volvió', many: '{n} de {all} volvieron', other: '{n} de {all} volvieron' },
  soFar: 'Este periodo aún no ha terminado',
  who: 'Visitas de quién',
  everybody: 'Todos',
  identified: 'Identificados',
  noteIdentified:
    'Solo los visitantes que tu sitio ha identificado. Una visita que empezó antes de la identificación cuenta como la de un visitante anónimo y no aparece aquí.',
  noteTitle: 'Qué puede mostrar esta tabla',
  note: 'Footfall no reconoce a los visitantes anónimos en otro día: cada día son nuevos y cuentan entre las primeras visitas de ese día. Por eso esta tabla habla de los visitantes identificados o importados con un nombre duradero. De los demás solo dice que vinieron.',
  nobodyTitle: 'No se reconoció a nadie en una visita posterior',
  nobody:
    'En este periodo todos eran anónimos o vinieron una sola vez. La primera columna dice aun así cuántos vinieron por primera vez, hasta donde se puede saber.',
  emptyTitle: 'Ninguna primera visita en este periodo',
  emptyText: 'La retención agrupa a los visitantes por su primera visita de todas. Elige un periodo más largo o quita filtros.',
} satisfies Translation<'retention'>
