import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: alle Websites',
  lightTheme: 'Helles Design',
  darkTheme: 'Dunkles Design',
  apiKeys: 'API-Schlüssel',
  signOut: 'Abmelden',
  language: 'Sprache',
  tryAgain: 'Noch einmal',
  errorOffline: 'Der Server ist nicht erreichbar.',
  errorUnavailable: 'Die Statistik ist gerade nicht verfügbar.',
  errorTooMuch: 'Diese Frage dauert zu lange. Ein kürzerer Zeitraum oder weniger Filter helfen.',
  errorTooOften: 'Zu viele Fragen auf einmal. Warte einen Moment.',
  errorUnread: 'Die Antwort konnte nicht gelesen werden.',
  offlineNote: 'Du bist offline. Was du siehst, ist vielleicht veraltet.',
} satisfies Translation<'common'>
