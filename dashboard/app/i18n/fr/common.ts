import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall : tous les sites',
  lightTheme: 'Thème clair',
  darkTheme: 'Thème sombre',
  apiKeys: 'Clés d’API',
  signOut: 'Se déconnecter',
  language: 'Langue',
  tryAgain: 'Réessayer',
  errorOffline: 'Le serveur est injoignable.',
  errorUnavailable: 'Les statistiques ne sont pas disponibles pour le moment.',
  errorTooMuch: 'Cette question prend trop de temps. Une période plus courte ou moins de filtres aideront.',
  errorTooOften: 'Trop de questions à la fois. Patientez un instant.',
  errorUnread: 'La réponse n’a pas pu être lue.',
  offlineNote: 'Vous êtes hors ligne. Ce qui est affiché n’est peut-être plus à jour.',
} satisfies Translation<'common'>
