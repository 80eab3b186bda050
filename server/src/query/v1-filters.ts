import { refuse, shown } from './refuse.ts'

/**
 * Operators of a v1 filter and what they are in a filter of today; the first is for text with a * in it.
 * `~` is ours: v1 itself had no word for "contains" but JSON.
 */
const OPERATORS: Record<string, { wildcard: string; plain: string }> = {
  '==': { wildcard: 'matches_wildcard', plain: 'is' },
  '!=': { wildcard: 'matches_wildcard_not', plain: 'is_not' },
  '~': { wildcard: 'contains', plain: 'contains' },
  '!~': { wildcard: 'contains_not', plain: 'contains_not' },
}
const MOST = 100

/** Takes a text apart at a separator that no backslash stands before. */
const split = (text: string, separator: ';' | '|') => text.split(separator === ';' ? /(?<!\\);/ : /(?<!\\)\|/)
const unescaped = (text: string) => text.replaceAll(/\\([;|])/g, '$1').trim()

function readOne(text: string): unknown[] {
  const [, property, operator, rest] = /^\s*((?:event|visit):[^=!~]+?)\s*(==|!=|!~|~)(.*)$/s.exec(text) ?? []
  const operators = OPERATORS[operator ?? '']
  if (property === undefined || rest === undefined || !operators) {
    throw refuse(
      'filters',
      `Filter ${shown(text)} is not understood; write visit:source==Google, event:page!=/blog* or event:page==/a|/b, with ; between filters`,
    )
  }
  const values = split(rest, '|').map(unescaped)
  // A goal's name may hold a *, which is then part of the name.
  const wild = property !== 'event:goal' && values.some((value) => value.includes('*'))
  return [wild ? operators.wildcard : operators.plain, property, values]
}

/**
 * Filters of a v1 question: `visit:source==Google;event:page!=/x|/y`, or the JSON of today's filters.
 *
 * @throws AppError invalid_query
 */
export function readV1Filters(text: string | undefined): unknown[] {
  if (text === undefined || text.trim() === '') return []
  if (text.trimStart().startsWith('[')) {
    try {
      return JSON.parse(text) as unknown[]
    } catch {
      throw refuse('filters', `filters ${shown(text)} begins as JSON, but is none`)
    }
  }
  const filters = split(text, ';').filter((each) => each.trim() !== '')
  if (filters.length > MOST) throw refuse('filters', `A question may have ${MOST} filters`)
  return filters.map(readOne)
}
