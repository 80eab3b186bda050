import { RE2JS } from 're2js'
import { AppError } from '../../../errors.ts'
import { glob } from '../../../lib/glob.ts'
import { anyCase as folded } from '../../any-case.ts'
import type { Operator } from '../../question.ts'

export type TextTest = (text: string) => boolean

/**
 * How texts are compared, in the words of ClickHouse's functions and not of MySQL's, which differ between versions: regular
 * expressions are RE2's (linear in time, so nobody can stop the process with one), in which a dot matches a line break too.
 */
const OPERATORS = {
  is: (values, anyCase) => {
    const wanted = new Set(anyCase ? values.map(folded) : values)
    return anyCase ? (text) => wanted.has(folded(text)) : (text) => wanted.has(text)
  },
  contains: (values, anyCase) => {
    const wanted = anyCase ? values.map(folded) : values
    return (text) => {
      const within = anyCase ? folded(text) : text
      return wanted.some((value) => within.includes(value))
    }
  },
  matches: (values) => either(values.map(expression)),
  wildcard: (values) => either(values.map(glob)),
} satisfies Record<Operator, (values: string[], anyCase: boolean) => TextTest>

/** @throws AppError where a regular expression does not compile */
export function textTest(operator: Operator, values: string[], anyCase: boolean): TextTest {
  return OPERATORS[operator](values, anyCase)
}

const either =
  (tests: TextTest[]): TextTest =>
  (text) =>
    tests.some((test) => test(text))

function expression(value: string): TextTest {
  try {
    const compiled = RE2JS.compile(value, RE2JS.DOTALL)
    return (text) => compiled.test(text)
  } catch (cause) {
    throw new AppError('invalid_query', 'A value of a matches filter is not a regular expression that RE2 understands', { cause })
  }
}
