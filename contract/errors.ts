/** Codes of every error that leaves the server, with the HTTP status each has. */
export const ERRORS = {
  invalid_request: 400,
  invalid_query: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  query_too_expensive: 503,
} as const
export type ErrorCode = keyof typeof ERRORS

/** Body of an error of the APIs. `errors` stands only where single fields are to blame. */
export interface ErrorBody {
  error: string
  code: ErrorCode
  errors?: Record<string, string[]>
}
