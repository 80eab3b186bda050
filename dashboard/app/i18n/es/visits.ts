import type { Translation } from '../areas.ts'

export default {
  title: 'Visitas',
  list: 'Visitas, las más recientes primero',
  older: 'Visitas anteriores',
  newest: 'Volver a las más recientes',
  views: { one: '{n} vista', many: '{n} de vistas', other: '{n} vistas' },
  events: { one: '{n} evento', many: '{n} de eventos', other: '{n} eventos' },
  privacy:
    'Los visitantes aparecen con un seudónimo que cambia cada día, salvo que el propio sitio diga quiénes son. No se guarda ninguna dirección.',
  visit: 'Visita del {when}',
  visitor: 'Visitante {name}',
  about: 'Sobre este visitante',
  close: 'Cerrar esta visita',
  happened: 'Qué pasó',
  read: '{time} de atención',
  depth: '{depth} de la página vista',
  left: 'La visita terminó',
  more: 'Solo se muestran los primeros {n} eventos.',
  unknown: 'Desconocido',
} satisfies Translation<'visits'>
