export default {
  title: 'Put this on {domain}',
  snippet: 'Snippet',
  html: 'In the <head> of every page. It sets no cookie.',
  nuxt: 'In nuxt.config.ts.',
  next: 'In app/layout.tsx, inside <body>.',
  wordpress: 'In functions.php of your theme, or with a plugin that puts code into the head.',
  gtm: 'A new tag of the kind Custom HTML, triggered on All Pages.',
  recipes: 'Where it goes',
  arrived: 'The first visit has arrived.',
  open: 'Open the dashboard',
  waiting: 'Waiting for the first visit… Open a page of your site.',
} as const
