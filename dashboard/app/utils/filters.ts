/** One condition of the filter bar: the dimension has (or has not) one of the values. */
export interface Condition {
  operator: Operator
  dimension: string
  values: string[]
}
export const OPERATORS = { is: 'is', is_not: 'is not', contains: 'contains', contains_not: 'does not contain' } as const
export type Operator = keyof typeof OPERATORS

/** `date`: filters of an event itself. They keep a question about visits apart from the metrics that only whole visits have. */
export const filtersPage = (conditions: Condition[]): boolean => conditions.some((each) => each.dimension === 'event:page')

/** In the form of the Stats API. */
export const toFilters = (conditions: Condition[]): [string, string, string[]][] =>
  conditions.map(({ operator, dimension, values }) => [operator, dimension, values])

/** Adds a condition, in place of the one that the same dimension and operator had; a click on a filtered row takes it away. */
export function toggle(conditions: Condition[], added: Condition): Condition[] {
  const same = (each: Condition) => each.dimension === added.dimension && each.operator === added.operator
  const had = conditions.find(same)
  if (had && had.values.join('\n') === added.values.join('\n')) return conditions.filter((each) => each !== had)
  return had ? conditions.map((each) => (each === had ? added : each)) : [...conditions, added]
}

/** `is,visit:source,Google,Bing`: one condition in the address. Commas inside a value are escaped. */
export const writeCondition = ({ operator, dimension, values }: Condition): string =>
  [operator, dimension, ...values].map((part) => part.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')

/** Reads `writeCondition` back; null for anything else, since people edit addresses. */
export function readCondition(text: string): Condition | null {
  const [operator, dimension, ...values] = text.split(',').map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%'))
  if (operator === undefined || !Object.hasOwn(OPERATORS, operator) || !dimension || values.length === 0) return null
  return { operator: operator as Operator, dimension, values }
}
