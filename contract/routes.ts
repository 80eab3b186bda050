/** Every address of the product, once. `TRACKER_NAME` and `EVENT_PATH` rename the two that blockers know. */
export const ROUTES = {
  event: '/api/event',
  query: '/api/v2/query',
  sites: '/api/v1/sites',
  site: '/api/v1/sites/:site',
  dropped: '/api/v1/sites/:site/dropped',
  import: '/api/v1/sites/:site/import',
  goals: '/api/v1/sites/goals',
  goal: '/api/v1/sites/goals/:goal',
  sharedLinks: '/api/v1/sites/shared-links',
  realtimeVisitors: '/api/v1/stats/realtime/visitors',
  session: '/api/session',
  setup: '/api/setup',
  keys: '/api/keys',
  key: '/api/keys/:key',
  live: '/health/live',
  ready: '/health/ready',
  metrics: '/metrics',
  docs: '/docs',
  openapi: '/openapi.json',
  demo: '/demo',
} as const

/** Site that the page at `/demo` counts for; the demo command makes it. Names under .example belong to nobody (RFC 2606). */
export const DEMO_SITE = 'demo.footfall.example'
