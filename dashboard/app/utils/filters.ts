import type { TextKey } from '../i18n/areas.ts'

/** One condition of the filter bar: the dimension has (or has not) one of the values. */
export interface Condition {
  operator: Operator
  dimension: string
  values: string[]
}
/** What a condition can say, by the operators of the Stats API. */
export const OPERATORS = {
  is: 'is',
  is_not: 'isNot',
  contains: 'contains',
  contains_not: 'containsNot',
  has_done: 'hasDone',
  has_not_done: 'hasNotDone',
} as const satisfies Record<string, TextKey<'site'>>
export type Operator = keyof typeof OPERATORS

/** A segment among the filters: its values are numbers of segments. */
export const SEGMENT = 'segment'

/** Operators that a dimension has. A goal narrows to its own events (`is`) or to the visits that reached it. */
export function operatorsFor(dimension: string): Operator[] {
  if (dimension === SEGMENT) return ['is']
  if (dimension === 'event:goal') return ['is', 'has_done', 'has_not_done']
  return ['is', 'is_not', 'contains', 'contains_not']
}

/** Whether a question may be narrowed to single pages, also by a segment, whose filters are not known here: some metrics only whole visits have. */
export const mayFilterPage = (conditions: Condition[]): boolean =>
  conditions.some((each) => each.dimension === 'event:page' || each.dimension === SEGMENT)

/** Whether one of several filters may be enough. Goals and hosts are filtered at the top level only (docs/definitions.md, Filters). */
export const canMatchAny = (conditions: Condition[]): boolean =>
  conditions.length > 1 && conditions.every(({ dimension }) => dimension !== 'event:goal' && dimension !== 'event:hostname')

type Written = [string, ...unknown[]]
function write({ operator, dimension, values }: Condition): Written {
  if (operator === 'has_done' || operator === 'has_not_done') return [operator, ['is', dimension, values]]
  return [operator, dimension, dimension === SEGMENT ? values.map(Number) : values]
}

/** In the form of the Stats API. @param any one of them is enough, where that can be asked */
export function toFilters(conditions: Condition[], any = false): Written[] {
  const written = conditions.map(write)
  return any && canMatchAny(conditions) ? [['or', written]] : written
}

/** Adds a condition, in place of the one that the same dimension and operator had; a click on a filtered row takes it away. */
export function toggle(conditions: Condition[], added: Condition): Condition[] {
  const same = (each: Condition) => each.dimension === added.dimension && each.operator === added.operator
  const had = conditions.find(same)
  if (had && had.values.join('\n') === added.values.join('\n')) return conditions.filter((each) => each !== had)
  return had ? conditions.map((each) => (each === had ? added : each)) : [...conditions, added]
}

/** A condition made by hand: in the place of the one that was edited, or at the end. */
export const put = (conditions: Condition[], made: Condition, edited: Condition | null): Condition[] =>
  edited ? conditions.map((each) => (each === edited ? made : each)) : [...conditions, made]

/** `is,visit:source,Google,Bing`: one condition in the address. Commas inside a value are escaped. */
export const writeCondition = ({ operator, dimension, values }: Condition): string =>
  [operator, dimension, ...values].map((part) => part.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')

/** Reads `writeCondition` back; null for anything else, since people edit addresses. */
export function readCondition(text: string): Condition | null {
  const [operator, dimension, ...values] = text.split(',').map((part) => part.replaceAll('%2C', ',').replaceAll('%25', '%'))
  if (operator === undefined || !Object.hasOwn(OPERATORS, operator) || !dimension || values.length === 0) return null
  if (dimension === SEGMENT && !values.every((id) => /^\d{1,15}$/.test(id))) return null
  return { operator: operator as Operator, dimension, values }
}
