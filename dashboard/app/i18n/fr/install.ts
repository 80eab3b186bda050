import type { Translation } from '../areas.ts'

export default {
  title: 'À placer sur {domain}',
  snippet: 'Extrait de code',
  html: 'Dans le <head> de chaque page. Aucun cookie n’est déposé.',
  nuxt: 'Dans nuxt.config.ts.',
  next: 'Dans app/layout.tsx, à l’intérieur de <body>.',
  wordpress: 'Dans functions.php de votre thème, ou avec une extension qui ajoute du code dans l’en-tête.',
  gtm: 'Une nouvelle balise « HTML personnalisé », déclenchée sur « All Pages ».',
  recipes: 'Où le placer',
  arrived: 'La première visite est arrivée.',
  open: 'Ouvrir le tableau de bord',
  waiting: 'En attente de la première visite… Ouvrez une page de votre site.',
} satisfies Translation<'install'>
