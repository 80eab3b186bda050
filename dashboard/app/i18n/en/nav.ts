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
  site: 'Site',
  searchSites: 'Search sites',
  addSite: 'Add a site',
} as const
