/** `DE` → 🇩🇪: the two letters as regional indicators. Empty for anything that is no country code. */
export function flag(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return ''
  return String.fromCodePoint(...[...code].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65))
}

/**
 * Whether this system draws flags: then two indicators are one sign, about as wide as one. Windows has none, and
 * systems without an emoji font draw two empty boxes.
 * @param widthOf width of a text in any unit
 */
export const drawsFlags = (widthOf: (text: string) => number): boolean => widthOf(flag('DE')) < widthOf(flag('DE').slice(0, 2)) * 1.6
