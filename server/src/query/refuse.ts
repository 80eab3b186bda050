import { AppError } from '../errors.ts'

/** A 400 about one key of the query: the sentence says what would work. */
export function refuse(field: string, sentence: string): AppError {
  return new AppError('invalid_query', sentence, { errors: { [field]: [sentence] } })
}

/** What someone sent, short enough for a sentence. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses keys that are not on the list. */
export function onlyKeys(value: Record<string, unknown>, known: readonly string[], field: string): void {
  const stranger = Object.keys(value).find((key) => !known.includes(key))
  if (stranger === undefined) return
  const where = field === '' ? 'A query' : field
  throw refuse(field === '' ? stranger : `${field}.${stranger}`, `${where} has no key ${shown(stranger)}; it has ${known.join(', ')}`)
}
