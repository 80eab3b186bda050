import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cell, csvLine } from './csv.ts'

const cases: [string, Cell[], string][] = [
  ['plain values', ['/a', 1.5, true, null, undefined, ''], '/a,1.5,true,,,'],
  ['commas, quotes and line ends', ['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"'],
  ['spaces at the ends', [' a '], '" a "'],
  ['an object as JSON', [{ plan: 'x' }], '"{""plan"":""x""}"'],
  ['a formula as text', ['=HYPERLINK("x")', '+1', '-1', '@a', '\tx'], `"'=HYPERLINK(""x"")",'+1,'-1,'@a,'\tx`],
  ['a number below zero as a number', [-12.5], '-12.5'],
]
for (const [what, cells, line] of cases) test(what, () => assert.equal(csvLine(cells), `${line}\r\n`))
