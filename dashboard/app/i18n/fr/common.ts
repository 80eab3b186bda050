import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall : tous les sites',
  lightTheme: 'Thème clair',
  darkTheme: 'Thème sombre',
  apiKeys: 'Clés d’API',
  signOut: 'Se déconnecter',
  language: 'Langue',
} satisfies Translation<'common'>
