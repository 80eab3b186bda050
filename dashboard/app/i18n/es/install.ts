import type { Translation } from '../areas.ts'

export default {
  title: 'Pon esto en {domain}',
  snippet: 'Fragmento',
  html: 'En el <head> de cada página. No pone cookies.',
  nuxt: 'En nuxt.config.ts.',
  next: 'En app/layout.tsx, dentro de <body>.',
  wordpress: 'En functions.php de tu tema, o con un plugin que añada código en la cabecera.',
  gtm: 'Una etiqueta nueva de HTML personalizado, activada en All Pages.',
  recipes: 'Dónde va',
  arrived: 'Ha llegado la primera visita.',
  open: 'Abrir el panel',
  waiting: 'Esperando la primera visita… Abre una página de tu sitio.',
} satisfies Translation<'install'>
