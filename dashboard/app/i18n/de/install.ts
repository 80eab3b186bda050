import type { Translation } from '../areas.ts'

export default {
  title: 'Setze das auf {domain}',
  snippet: 'Snippet',
  html: 'In den <head> jeder Seite. Es setzt kein Cookie.',
  nuxt: 'In nuxt.config.ts.',
  next: 'In app/layout.tsx, innerhalb von <body>.',
  wordpress: 'In functions.php deines Themes, oder mit einem Plugin für Code im Head.',
  gtm: 'Ein neues Tag der Art „Benutzerdefiniertes HTML“, ausgelöst auf „All Pages“.',
  recipes: 'Wohin damit',
  arrived: 'Der erste Besuch ist angekommen.',
  open: 'Dashboard öffnen',
  waiting: 'Warte auf den ersten Besuch … Öffne eine Seite deiner Website.',
} satisfies Translation<'install'>
