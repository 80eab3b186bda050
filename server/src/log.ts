import { pino, type Logger } from 'pino'

/**
 * One logger for the process: JSON lines on stdout. Secrets never reach it: requests are logged without
 * headers, query strings and bodies, since those may hold keys, addresses of visitors and what they looked at.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    serializers: {
      req: (request: { method?: string; url?: string }) => ({ method: request.method, path: request.url?.split('?')[0] }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  })
}
