/**
 * Text fit for every store: null where it holds a NUL byte, which no store of ours and few of its tools take;
 * half surrogates become U+FFFD, since they have no UTF-8.
 */
export function cleanText(text: string): string | null {
  if (text.includes('\0')) return null
  return text.isWellFormed() ? text : text.toWellFormed()
}

/** The first `length` UTF-16 units, without half a surrogate pair at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)
}

/** An object as JSON means it: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object itself, or the object that a text holds as JSON; null for everything else. */
export function readObject(value: unknown): Record<string, unknown> | null {
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value)
    } catch {
      return null
    }
  }
  return isObject(value) ? value : null
}
