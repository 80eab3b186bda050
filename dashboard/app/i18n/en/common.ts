export default {
  allSites: 'Footfall: all sites',
  lightTheme: 'Light theme',
  darkTheme: 'Dark theme',
  apiKeys: 'API keys',
  signOut: 'Sign out',
  language: 'Language',
} as const
