const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

function names(): Map<string, string> {
  const display = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const found = new Map<string, string>()
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const name = display.of(first + second)
      if (name !== undefined) found.set(first + second, name)
    }
  }
  return found
}

/** English name of a country code; the code where there is none. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }).of(code) ?? code) : code
}

/** Codes of the countries whose English name is one of these or contains one: events carry codes only. */
export function countriesNamed(comparison: 'is' | 'contains', values: string[], anyCase: boolean): string[] {
  const fold = (text: string) => (anyCase ? text.toLowerCase() : text)
  const wanted = values.map(fold)
  const fits = (name: string) => wanted.some((value) => (comparison === 'is' ? name === value : name.includes(value)))
  return [...names()].filter(([, name]) => fits(fold(name))).map(([code]) => code)
}
