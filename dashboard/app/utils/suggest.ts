export interface Suggestion {
  value: string
  label: string
}

/** Values whose name or code holds what was typed, in their order; names that begin with it come first. */
export function suggest(values: readonly string[], typed: string, nameOf: (value: string) => string): Suggestion[] {
  const wanted = typed.trim().toLowerCase()
  const begins = ({ label }: Suggestion) => label.toLowerCase().startsWith(wanted)
  const found = values
    .map((value) => ({ value, label: nameOf(value) }))
    .filter(({ value, label }) => label.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted))
  return wanted === '' ? found : [...found.filter(begins), ...found.filter((each) => !begins(each))]
}
