/**
 * Compiles a pattern in which `*` and `**` stand for any text, blank included.
 * The parts between the stars are looked for one after the other, so a hostile pattern costs time in proportion
 * to its length: a regular expression made of it could take minutes.
 */
export function glob(pattern: string): (text: string) => boolean {
  const parts = pattern.split(/\*+/)
  if (parts.length === 1) return (text) => text === pattern
  const first = parts[0]!
  const last = parts.at(-1)!
  const middle = parts.slice(1, -1)
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
    let from = first.length
    for (const part of middle) {
      const found = text.indexOf(part, from)
      if (found < 0) return false
      from = found + part.length
    }
    return from <= text.length - last.length
  }
}
