/** The query part of an address as the router gives it. */
export type Query = Record<string, string | null | undefined | (string | null)[]>

/** The one value of a parameter; the first where it is there more than once. */
export const oneOf = (value: Query[string]): string | undefined => (Array.isArray(value) ? value[0] : value) ?? undefined

/** Every value of a parameter, in order. */
export const allOf = (value: Query[string]): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')

/** A whole number within bounds, or the default: people edit addresses. */
export function numberIn(value: Query[string], least: number, most: number, otherwise: number): number {
  const text = oneOf(value)
  const number = Number(text)
  return text !== undefined && Number.isInteger(number) && number >= least && number <= most ? number : otherwise
}
