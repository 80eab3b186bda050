import { type Formula, type Part, type Question, type Term, isMinute } from '../../question.ts'
import { SOURCES, type Statement, base, conditionSql } from './condition.ts'
import { keySql } from './keys.ts'
import { isValue, measuresSql } from './measures.ts'
import { createParams, whole } from './params.ts'

const termName = ({ part, measure }: Term) => `m${part}_${measure}`

/** A part that has keys adds rows; one without, in a question with dimensions, is a number for all rows. */
const isNumber = (part: Part, question: Question) => part.keys.length < question.dimensions

interface Selected {
  /** Expressions by name, in order. */
  select: (keys: string[], measures: Map<string, string>) => string[]
}

/**
 * What a part reads. Depths are read in two steps, visits of a row first: the largest depth of each as one aggregate state
 * (maxMap) took five times as long over 500,000 visits.
 */
function sourceSql(part: Part, statement: Statement): { from: string; keys: string[] } {
  const table = part.of === 'visits' ? 'visits' : 'events'
  const names = part.keys.map((_, index) => `k${index}`)
  const minute = names.find((_, index) => isMinute(part.keys[index]!)) ?? null
  const keys = part.keys.map((key, index) => keySql(key, table, statement, names[index]!, minute))
  const within = keys.flatMap((key, index) => key.within?.(names[index]!) ?? [])
  const selected = keys.map((key, index) => `${key.expression} AS ${names[index]}`)
  const from = (more: string[], group: string[]) =>
    [
      `FROM ${SOURCES[table]}`,
      ...keys.flatMap((key) => (key.unfold ? [`ARRAY JOIN ${key.unfold}`] : [])),
      `WHERE ${[base(table, statement), conditionSql(part.where, table, statement), ...more].join(' AND ')}`,
      ...(group.length > 0 ? [`GROUP BY ${group.join(', ')}`] : []),
      ...(within.length > 0 ? [`HAVING ${within.join(' AND ')}`] : []),
    ].join('\n')
  if (part.of === 'values') return { from: from([isValue(part, statement)], names), keys: selected }
  if (part.of !== 'depths') return { from: from([], names), keys: selected }
  const each = `SELECT ${[...selected, 'max(scroll) AS deepest'].join(', ')} ${from([`name = 'engagement'`, 'scroll <= 100'], [...names, 'visit'])}`
  return { from: `FROM (${each})${names.length > 0 ? ` GROUP BY ${names.join(', ')}` : ''}`, keys: names }
}

/** A part as SELECT. What it selects is up to the caller, from the SQL of its keys and of its measures by name. */
function partSql(part: Part, number: number, statement: Statement, { select }: Selected): string {
  const { from, keys } = sourceSql(part, statement)
  const measures = measuresSql(part, statement)
  const byName = new Map(part.measures.map((measure, index) => [termName({ part: number, measure }), measures[index]!]))
  return `SELECT ${select(keys, byName).join(', ')}\n${from}`
}

/** A part whose measures are numbers for all rows: a tuple of them, read once. */
const numbersSql = (part: Part, number: number, statement: Statement) =>
  `(${partSql(part, number, statement, { select: (_keys, measures) => [`tuple(${[...measures.values()].join(', ')})`] })}) AS part${number}`

/** Division of whole numbers, halves to the even neighbour: exact, unlike round() of a Float64, and the same on every engine. */
function halfEvenSql(over: string, under: string): string {
  const doubled = `(2 * ${over} + ${under})`
  const quotient = `intDiv(${doubled}, 2 * ${under})`
  return `${quotient} - (${doubled} % (2 * ${under}) = 0 AND ${quotient} % 2 = 1)`
}

function formulaSql(formula: Formula, value: (term: Term) => string): string {
  if (formula.over === null) return "CAST(NULL, 'Nullable(Int64)')"
  const over = `${value(formula.over)} * ${whole(formula.factor)}`
  const needs = formula.needs ?? formula.under
  const empty = formula.empty === null ? 'NULL' : '0'
  if (!formula.under) return needs ? `if(${value(needs)} = 0, ${empty}, ${over})` : over
  // A divisor of 0 is never used, but ClickHouse may work out both branches of an if.
  const under = `greatest(${value(formula.under)} * ${whole(formula.divisor)}, 1)`
  const quotient = formula.cut ? `intDiv(${over}, ${under})` : halfEvenSql(over, under)
  return `if(${value(needs ?? formula.under)} = 0, ${empty}, ${quotient})`
}

function orderSql({ order, dimensions }: Question): string {
  const by = order.map(
    (key) => `${'dimension' in key.by ? `k${key.by.dimension}` : `f${key.by.formula}`} ${key.direction.toUpperCase()} NULLS LAST`,
  )
  // Rows that tie would come in any order, and pages of a list would then overlap.
  for (let index = 0; index < dimensions; index++) by.push(`k${index} ASC`)
  return by.length > 0 ? `ORDER BY ${by.join(', ')}` : ''
}

/**
 * One statement for one question. The parts, each grouped by the same keys, are stacked and added up: a measure that a part
 * does not have counts as 0 there. So no join is needed, and a row exists where a part that makes rows has it.
 * Columns of the result: keys, formulas, number of rows.
 */
export function statementFor(question: Question): { sql: string; params: Record<string, string | string[]> } {
  const statement: Statement = { question, params: createParams() }
  const stacked = question.parts.flatMap((part, number) => (isNumber(part, question) ? [] : [{ part, number }]))
  const columns: Term[] = stacked.flatMap(({ part, number }) => part.measures.map((measure) => ({ part: number, measure })))
  const keys = Array.from({ length: question.dimensions }, (_, index) => `k${index}`)

  const numbers = question.parts.flatMap((part, number) => (isNumber(part, question) ? [{ part, number }] : []))
  const stack =
    (part: Part): Selected['select'] =>
    (own, measures) => [
      ...own,
      ...columns.map((term) => `${measures.get(termName(term)) ?? 'toInt64(0)'} AS ${termName(term)}`),
      `${part.rows ? 1 : 0} AS shown`,
    ]
  const value = (term: Term) => {
    const found = numbers.find(({ number }) => number === term.part)
    return found ? `part${term.part}.${found.part.measures.findIndex((measure) => measure === term.measure) + 1}` : termName(term)
  }

  const sums = [...keys, ...columns.map((term) => `sum(${termName(term)}) AS ${termName(term)}`)]
  const formulas = question.formulas.map((formula, index) => `${formulaSql(formula, value)} AS f${index}`)
  const sql = [
    numbers.length > 0 ? `WITH ${numbers.map(({ part, number }) => numbersSql(part, number, statement)).join(',\n')}` : '',
    `SELECT ${[...keys, ...formulas, question.count ? 'toInt64(count() OVER ()) AS total' : 'toInt64(0) AS total'].join(', ')}`,
    `FROM (SELECT ${sums.length > 0 ? sums.join(', ') : 'max(shown)'} FROM (`,
    stacked.map(({ part, number }) => partSql(part, number, statement, { select: stack(part) })).join('\nUNION ALL\n'),
    `)${keys.length > 0 ? ` GROUP BY ${keys.join(', ')} HAVING max(shown) = 1` : ''})`,
    orderSql(question),
    `LIMIT ${whole(question.limit)} OFFSET ${whole(question.offset)}`,
  ]
  return { sql: sql.filter((line) => line !== '').join('\n'), params: statement.params.values }
}
