export default {
  pagesOf: 'Pages of {domain}',
  overview: 'Overview',
  realtime: 'Realtime',
  funnels: 'Funnels',
  retention: 'Retention',
  journeys: 'Journeys',
  visits: 'Visits',
  notCounted: 'Not counted',
  settings: 'Settings',
} as const
