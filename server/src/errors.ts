import { ERRORS, type ErrorCode } from '@footfall/contract/errors.ts'

/** An error that a client may read. Everything else becomes a 500 without details. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly errors: Record<string, string[]> | undefined
  /** Seconds until another try makes sense; becomes `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, message: string, options: { errors?: Record<string, string[]>; retryAfter?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.status = ERRORS[code]
    this.errors = options.errors
    this.retryAfter = options.retryAfter
  }
}

/** A 400 that names the fields. */
export function invalid(errors: Record<string, string[]>): AppError {
  const said = Object.entries(errors).map(([field, texts]) => `${field} ${texts.join(', ')}`)
  return new AppError('invalid_request', said.join('; '), { errors })
}

/** A reason to stop at start: one sentence for the operator, exit code 1, no stack. */
export class StartError extends Error {
  override name = 'StartError'
}
