import type { Translation } from '../areas.ts'

export default {
  title: 'No contados',
  why: 'Por qué no se contaron eventos',
  nothing:
    'No se rechazó nada en este período. Si aun así falta una visita, nunca llegó: mira si el fragmento está en la página y si tu navegador lo bloquea.',
  showSnippet: 'Mostrar el fragmento',
  events: {
    one: 'Se rechazó {count} evento, por este motivo:',
    many: 'Se rechazaron {count} eventos, por estos motivos:',
    other: 'Se rechazaron {count} eventos, por estos motivos:',
  },
  wholeDays: 'Días completos, en {timezone}.',
  inSettings: 'Cambiar lo que no se cuenta',
  tooOld: 'Un servidor que envía eventos por sí mismo debería hacerlo en dos días.',
  duplicate: 'No falta nada: se volvió a enviar por seguridad.',
  bot: 'Una prueba con un navegador sin ventana también se toma por un rastreador.',
} satisfies Translation<'dropped'>
