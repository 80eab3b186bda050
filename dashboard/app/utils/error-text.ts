import type { TextKey } from '../i18n/areas.ts'
import { ApiError } from './api.ts'

const TEXTS: Partial<Record<ApiError['code'], TextKey<'common'>>> = {
  offline: 'errorOffline',
  unavailable: 'errorUnavailable',
  query_too_expensive: 'errorTooMuch',
  too_many_requests: 'errorTooOften',
  too_large: 'errorTooLarge',
  forbidden: 'errorForbidden',
  internal: 'errorOther',
}

/**
 * What to say of a failure in the language of the dashboard; null where only the server's own sentence says what is wrong: which name is taken, which
 * field does not fit. By their codes, which are a closed list, not by their sentences.
 */
export const errorText = (error: Error): TextKey<'common'> | null =>
  error instanceof ApiError ? (TEXTS[error.code] ?? null) : 'errorUnread'
