import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: alle Websites',
  lightTheme: 'Helles Design',
  darkTheme: 'Dunkles Design',
  apiKeys: 'API-Schlüssel',
  signOut: 'Abmelden',
  language: 'Sprache',
} satisfies Translation<'common'>
