import type { TextKey } from '../i18n/areas.ts'
import { ApiError } from './api.ts'

const TEXTS: Partial<Record<ApiError['code'], TextKey<'common'>>> = {
  offline: 'errorOffline',
  unavailable: 'errorUnavailable',
  query_too_expensive: 'errorTooMuch',
  too_many_requests: 'errorTooOften',
}

/** What to say of a failure that people meet while they look around; null where only the server's own sentence says what is wrong. */
export const errorText = (error: Error): TextKey<'common'> | null =>
  error instanceof ApiError ? (TEXTS[error.code] ?? null) : 'errorUnread'
