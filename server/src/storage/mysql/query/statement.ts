import { type Formula, type Part, type Question, type Term, isMinute } from '../../question.ts'
import { whole } from '../literals.ts'
import { KINDS } from '../schema.ts'
import { type Source, type Statement, base, column, conditionSql, fromSql, source } from './condition.ts'
import { keySql, labelSql } from './keys.ts'
import { measuresSql } from './measures.ts'
import type { Resolved } from './resolve.ts'

export const termName = ({ part, measure }: Term) => `m${part}_${measure}`

/** A part that has keys adds rows; one without, in a question with dimensions, is a number for all rows. */
export const isNumber = (part: Part, question: Question) => part.keys.length < question.dimensions

/** A part as it stands in a statement: its number, the columns to give (0 for measures of other parts), and what else to select. */
export interface Placed {
  number: number
  columns: Term[]
  more: string[]
}

/** The number that a property holds, in ten-thousandths, and whether it is one that counts. Joins what it needs to the source. */
function valueSql(prop: string, from: Source): { measured: string; isValue: string } {
  const { sql, kind } = column(`event:props:${prop}`, from)
  const { site } = from.statement.question
  from.joins.set('measured', `LEFT JOIN terms AS held ON held.site = ${whole(site)} AND held.kind = ${KINDS[kind]} AND held.id = ${sql}`)
  // MySQL compares no bytes with a pattern.
  const text = 'CONVERT(held.value USING utf8mb4)'
  return {
    measured: `CAST(CAST(${text} AS DECIMAL(11, 4)) * 10000 AS SIGNED)`,
    // Not $, which in both servers' expressions lets a line break follow.
    isValue: `COALESCE(${text} REGEXP '^[0-9]{1,7}([.][0-9]{1,4})?\\\\z', 0)`,
  }
}

/**
 * A part as SELECT of its keys, the columns by the names of their terms, and what else was asked for.
 *
 * @param also conditions on its rows beside its own
 */
export function partSql(part: Part, { number, columns, more }: Placed, statement: Statement, also: string[] = []): string {
  const from: Source = source(part.of === 'visits' ? 'visits' : 'events', statement)
  const names = part.keys.map((_, index) => `k${index}`)
  const byMinute = part.keys.some(isMinute)
  const keys = part.keys.map((key) => keySql(key, from, statement, byMinute))
  const measures = measuresSql(part, from, statement)
  const byName = new Map(part.measures.map((measure, index) => [termName({ part: number, measure }), measures[index]!]))
  const numbers = [...columns.map((term) => `${byName.get(termName(term)) ?? 0} AS ${termName(term)}`), ...more]
  const wheres = [base(from.table, statement), conditionSql(part.where, from), ...keys.flatMap((key) => key.where ?? []), ...also]
  const within = keys.flatMap((key, index) => key.within?.(names[index]!) ?? [])
  const expressions = keys.map((key, index) => `${key.expression} AS ${names[index]}`)
  const rows = (selected: string[], where: string[], group: string[]) =>
    [
      `SELECT ${selected.join(', ')}`,
      fromSql(from),
      `WHERE ${[...wheres, ...where].join(' AND ')}`,
      group.length > 0 ? `GROUP BY ${group.join(', ')}` : '',
      within.length > 0 ? `HAVING ${within.join(' AND ')}` : '',
    ].join('\n')
  const group = names.length > 0 ? ` GROUP BY ${names.join(', ')}` : ''
  if (part.of === 'values') {
    const { measured, isValue } = valueSql(part.prop, from)
    const by = names.length > 0 ? `PARTITION BY ${names.join(', ')}` : ''
    const each = rows([...expressions, `${measured} AS measured`], [isValue], [])
    const ranked = `SELECT each_value.*, ROW_NUMBER() OVER (${by} ORDER BY measured) AS place, COUNT(*) OVER (${by}) AS many FROM (${each}) AS each_value`
    return `SELECT ${[...names, ...numbers].join(', ')} FROM (${ranked}) AS ranked${group}`
  }
  if (part.of !== 'depths') return rows([...expressions, ...numbers], [], names)
  // The largest depth of each visit of a row first.
  const deep = [`e.name = ${statement.texts.number('name', 'engagement') ?? -1}`, 'e.scroll <= 100']
  const each = rows([...expressions, 'MAX(e.scroll) AS deepest'], deep, [...names, 'e.visit'])
  return `SELECT ${[...names, ...numbers].join(', ')} FROM (${each}) AS each_visit${group}`
}

export type PartSql = (part: Part, placed: Placed, statement: Statement) => string

/** Division of whole numbers, halves to the even neighbour: exact, and the same on every engine. */
function halfEvenSql(over: string, under: string): string {
  const doubled = `(2 * ${over} + ${under})`
  const quotient = `(${doubled} DIV (2 * ${under}))`
  return `(${quotient} - (${doubled} % (2 * ${under}) = 0 AND ${quotient} % 2 = 1))`
}

function formulaSql(formula: Formula): string {
  if (formula.over === null) return 'NULL'
  const over = `${termName(formula.over)} * ${whole(formula.factor)}`
  const needs = formula.needs ?? formula.under
  const empty = formula.empty === null ? 'NULL' : '0'
  if (!formula.under) return needs ? `IF(${termName(needs)} = 0, ${empty}, ${over})` : over
  const under = `GREATEST(${termName(formula.under)} * ${whole(formula.divisor)}, 1)`
  const quotient = formula.cut ? `(${over}) DIV ${under}` : halfEvenSql(over, under)
  return `IF(${termName(needs ?? formula.under)} = 0, ${empty}, ${quotient})`
}

function orderSql({ order, dimensions }: Question): string {
  const by = order.flatMap((key) => {
    const name = 'dimension' in key.by ? `d${key.by.dimension}` : `f${key.by.formula}`
    return [...('formula' in key.by ? [`ISNULL(${name})`] : []), `${name} ${key.direction.toUpperCase()}`]
  })
  // Rows that tie would come in any order, and pages of a list would then overlap.
  for (let index = 0; index < dimensions; index++) by.push(`d${index} ASC`)
  return by.length > 0 ? `ORDER BY ${by.join(', ')}` : ''
}

/**
 * One statement for one question. The parts, each grouped by the same keys, are stacked and added up: a measure that a part
 * does not have counts as 0 there. So no join is needed, and a row exists where a part that makes rows has it.
 * Everything is grouped by numbers; texts come in at the end, to sort by and to show.
 * Columns of the result: keys, formulas, number of rows.
 *
 * @param options.sql how a part becomes a SELECT: from rows, unless sums are kept (rollup/read.ts)
 * @param options.opened since when visits of the range were opened (rollup/reach.ts)
 */
export function statementFor(
  question: Question,
  texts: Resolved,
  { sql = partSql, opened = 0 }: { sql?: PartSql; opened?: number } = {},
): string {
  const statement: Statement = { question, texts, opened }
  const parts = question.parts.map((part, number) => ({ part, number }))
  const stacked = parts.filter(({ part }) => !isNumber(part, question))
  const termsOf = ({ part, number }: { part: Part; number: number }): Term[] => part.measures.map((measure) => ({ part: number, measure }))
  const columns = stacked.flatMap(termsOf)
  const keys = Array.from({ length: question.dimensions }, (_, index) => `k${index}`)
  const labels = keys.map((name, index) =>
    labelSql(
      stacked.map(({ part }) => part.keys[index]!),
      name,
      question,
    ),
  )
  const sums = [...keys.map((key) => `stack.${key}`), ...columns.map((term) => `SUM(stack.${termName(term)}) AS ${termName(term)}`)]
  const numbers = parts
    .filter(({ part }) => isNumber(part, question))
    .map(
      (each) =>
        `CROSS JOIN (${sql(each.part, { number: each.number, columns: termsOf(each), more: [] }, statement)}) AS part${each.number}`,
    )
  return [
    `SELECT row_of.*, ${question.count ? 'COUNT(*) OVER ()' : '0'} AS total FROM (`,
    `SELECT ${[...labels.map(({ sql }, index) => `${sql} AS d${index}`), ...question.formulas.map((formula, index) => `${formulaSql(formula)} AS f${index}`)].join(', ')}`,
    `FROM (SELECT ${[...sums, 'MAX(stack.shown) AS shown'].join(', ')} FROM (`,
    stacked
      .map(({ part, number }) => sql(part, { number, columns, more: [`${part.rows ? 1 : 0} AS shown`] }, statement))
      .join('\nUNION ALL\n'),
    `) AS stack${keys.length > 0 ? ` GROUP BY ${keys.map((key) => `stack.${key}`).join(', ')} HAVING MAX(stack.shown) = 1` : ''}) AS summed`,
    ...labels.flatMap(({ join }) => join ?? []),
    ...numbers,
    ') AS row_of',
    orderSql(question),
    `LIMIT ${whole(question.limit)} OFFSET ${whole(question.offset)}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
}
