/** Values of one statement. Everything that came from a person reaches ClickHouse only through here, never as text of the statement. */
export interface Params {
  text(value: string): string
  texts(values: string[]): string
  values: Record<string, string | string[]>
}

export function createParams(): Params {
  const values: Record<string, string | string[]> = {}
  const bind = (value: string | string[], type: string) => {
    const name = `p${Object.keys(values).length}`
    values[name] = value
    return `{${name}:${type}}`
  }
  return { text: (value) => bind(value, 'String'), texts: (list) => bind(list, 'Array(String)'), values }
}

/** A number of our own reckoning as a literal. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`Expected a whole number, got ${value}`)
  return String(value)
}
