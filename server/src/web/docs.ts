import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { ROUTES } from '@footfall/contract/routes.ts'
import type { App } from '../lib/app.ts'

/** `/openapi.json` and `/docs`, derived from the schemas that validate. Must be registered before the routes it describes. */
export async function docsRoutes(app: App, parts: { baseUrl: string; version: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Footfall', version: parts.version, description: 'Collect events, ask for statistics, manage sites.' },
      servers: [{ url: parts.baseUrl }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'API key: `footfall key create --name N --scope stats`' },
          session: { type: 'apiKey', in: 'cookie', name: 'footfall_session' },
        },
      },
      security: [{ key: [] }, { session: [] }],
    },
  })
  await app.register(swaggerUi, { routePrefix: ROUTES.docs, staticCSP: true })
  app.get(ROUTES.openapi, { schema: { hide: true } }, () => app.swagger())
}
