import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flow } from './flow.ts'

const node = (id: number, step: number, visits: number) => ({ id, step, page: `/${id}`, visits, percentage: 0, ended: 0 })
const result = {
  nodes: [node(0, 0, 60), node(1, 0, 40), node(2, 1, 50), node(3, 1, 1)],
  links: [
    { source: 0, target: 2, visits: 30 },
    { source: 1, target: 2, visits: 20 },
    { source: 0, target: 3, visits: 1 },
  ],
}

test('boxes are as high as their visits, but never too low for a line of text, and do not touch', () => {
  const { nodes, columns, boxWidth } = flow(result, 'next')
  assert.deepEqual(
    nodes.map(({ y, height }) => [y, height]),
    [
      [0, 228],
      [236, 152],
      [0, 190],
      [198, 30],
    ],
  )
  assert.equal(columns.at(-1)!.x + boxWidth, 1000)
})

test('bands fill a box from the top, without a hole or an overlap', () => {
  const [first, second, third] = flow(result, 'next').links
  assert.match(first!.path, /^M392.2,0C/)
  assert.match(third!.path, /^M392.2,114C/)
  assert.match(second!.path, /C500,236 500,114 607.8,114L607.8,190C/)
})

test('what led to a page stands before it: the start is the last column', () => {
  const { nodes, links } = flow(result, 'previous')
  assert.ok(nodes[0]!.x > nodes[2]!.x)
  assert.match(links[0]!.path, /^M392.2,0C/)
})

test('only the most frequent pages of a step are drawn, and no band to one that is not', () => {
  const many = {
    nodes: [node(0, 0, 100), ...Array.from({ length: 9 }, (_, at) => node(at + 1, 1, 10 - at))],
    links: [{ source: 0, target: 9, visits: 2 }],
  }
  const { nodes, links } = flow(many, 'next')
  assert.equal(nodes.length, 8)
  assert.deepEqual(links, [])
})

test('nothing to draw', () => {
  assert.deepEqual(flow({ nodes: [], links: [] }, 'next').nodes, [])
})
