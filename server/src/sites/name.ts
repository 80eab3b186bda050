import { invalid } from '../errors.ts'

/**
 * A name as it is stored and compared: without blanks at its ends. MySQL fills texts up with blanks before it compares them (PAD SPACE, the only
 * way of `utf8mb4_bin`) and SQLite does not, so "a" and "a " would be one name here and two there.
 * @throws AppError `invalid_request` where nothing is left
 */
export function storedName(given: string, field: string): string {
  const name = given.trim()
  if (name === '') throw invalid({ [field]: ['cannot be blank'] })
  return name
}
