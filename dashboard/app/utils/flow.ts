import type { JourneysResult } from '@footfall/contract/journeys.ts'

/**
 * Geometry of the picture of journeys (a Sankey diagram): columns of pages, and bands between them as thick as the visits they carry.
 * Plain numbers in and out. Across, the picture is 1000 wide whatever the screen; down, it is in pixels.
 */
export interface FlowNode {
  id: number
  page: string
  step: number
  visits: number
  percentage: number
  ended: number
  /** From the start of the line: 0–1000. */
  x: number
  y: number
  height: number
}
export interface FlowLink {
  source: number
  target: number
  visits: number
  /** The band as the `d` of a path. */
  path: string
}
export interface Flow {
  nodes: FlowNode[]
  links: FlowLink[]
  columns: { step: number; x: number }[]
  /** Width of a page's box, on the scale of 1000. */
  boxWidth: number
  height: number
}

const WIDTH = 1000
/** A gap between columns, in widths of a box: room for the bands. */
const GAP = 0.55
const SPACE = 8
/** A box has a name and a number on one line. */
const LEAST_HEIGHT = 30
const USUAL_HEIGHT = 380
const MOST_PAGES = 7

/**
 * Where everything stands.
 * @param direction `previous` draws the start last, so that time runs the same way in both
 */
export function flow(result: Pick<JourneysResult, 'nodes' | 'links'>, direction: 'next' | 'previous'): Flow {
  const steps = Math.max(0, ...result.nodes.map(({ step }) => step))
  const byStep = Array.from({ length: steps + 1 }, (_, step) => result.nodes.filter((node) => node.step === step).slice(0, MOST_PAGES))
  const largest = Math.max(1, ...byStep.map((nodes) => sum(nodes.map(({ visits }) => visits))))
  const scale = USUAL_HEIGHT / largest
  const boxWidth = WIDTH / (steps + 1 + GAP * steps)
  const xOf = (step: number) => (direction === 'next' ? step : steps - step) * boxWidth * (1 + GAP)

  const nodes = byStep.flatMap((column, step) => {
    let y = 0
    return column.map((node) => {
      const height = Math.max(LEAST_HEIGHT, node.visits * scale)
      const placed = { ...node, x: xOf(step), y, height }
      y += height + SPACE
      return placed
    })
  })
  const height = Math.max(0, ...nodes.map((node) => node.y + node.height))
  return {
    nodes,
    links: bands(result.links, nodes, { scale, boxWidth, back: direction === 'previous' }),
    columns: byStep.map((_, step) => ({ step, x: xOf(step) })),
    boxWidth,
    height,
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
const round = (value: number) => Math.round(value * 10) / 10

/** Bands leave and enter a box from top to bottom in the order of the boxes at their other end, so that few cross. */
function bands(
  links: JourneysResult['links'],
  nodes: FlowNode[],
  { scale, boxWidth, back }: { scale: number; boxWidth: number; back: boolean },
): FlowLink[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const ends = links
    .map((link) => ({ ...link, from: byId.get(back ? link.target : link.source), to: byId.get(back ? link.source : link.target) }))
    .filter((link): link is typeof link & { from: FlowNode; to: FlowNode } => link.from !== undefined && link.to !== undefined)
  const outgoing = stacked(
    ends,
    scale,
    (link) => link.from,
    (link) => link.to,
  )
  const incoming = stacked(
    ends,
    scale,
    (link) => link.to,
    (link) => link.from,
  )
  return ends.map((link) => {
    const thick = link.visits * scale
    const [x1, x2] = [round(link.from.x + boxWidth), round(link.to.x)]
    const middle = round((x1 + x2) / 2)
    const [y1, y2] = [round(outgoing.get(link) ?? 0), round(incoming.get(link) ?? 0)]
    const [b1, b2] = [round(y1 + thick), round(y2 + thick)]
    const path = `M${x1},${y1}C${middle},${y1} ${middle},${y2} ${x2},${y2}L${x2},${b2}C${middle},${b2} ${middle},${b1} ${x1},${b1}Z`
    return { source: link.source, target: link.target, visits: link.visits, path }
  })
}

/** Where each band begins on the side of a box. */
function stacked<Link extends { visits: number }>(
  links: Link[],
  scale: number,
  own: (link: Link) => FlowNode,
  other: (link: Link) => FlowNode,
): Map<Link, number> {
  const used = new Map<number, number>()
  const places = new Map<Link, number>()
  for (const link of links.toSorted((a, b) => other(a).y - other(b).y)) {
    const node = own(link)
    const before = used.get(node.id) ?? 0
    places.set(link, node.y + before)
    used.set(node.id, before + link.visits * scale)
  }
  return places
}
