/** Geometry of the line graph: plain numbers in, plain numbers and path texts out. Pixels, y downwards. */
export interface Frame {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}
export interface Spot {
  x: number
  y: number | null
}

const DURATION_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400]

/**
 * Round values for the y axis, from 0 to at or above the largest, at most five lines.
 * @param kind `duration` steps by what clocks step by; `count` never by less than 1
 */
export function ticksFor(largest: number, kind: 'count' | 'duration' | 'other'): number[] {
  const wanted = Math.max(largest, kind === 'other' ? 0.1 : 1) / 4
  const step = kind === 'duration' ? (DURATION_STEPS.find((each) => each >= wanted) ?? roundStep(wanted)) : roundStep(wanted)
  const least = kind === 'count' ? Math.max(1, step) : step
  const count = Math.max(1, Math.ceil(largest / least - 1e-9))
  // Multiplied, not summed up: 0.1 + 0.2 would not end where the line does.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * least).toPrecision(12)))
}

function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted))
  return ([1, 2, 2.5, 5, 10].find((each) => each * power >= wanted - 1e-12) ?? 10) * power
}

/** Where each value stands. One value alone stands in the middle. */
export function spotsFor(values: (number | null)[], top: number, frame: Frame): Spot[] {
  const width = frame.width - frame.left - frame.right
  const height = frame.height - frame.top - frame.bottom
  return values.map((value, index) => ({
    x: round(frame.left + (values.length === 1 ? width / 2 : (width * index) / (values.length - 1))),
    y: value === null ? null : round(frame.top + height - (height * value) / top),
  }))
}

const round = (value: number) => Math.round(value * 100) / 100

/** Stretches of neighbouring spots that have a value; the line breaks where one has none. */
function stretches(spots: Spot[]): { x: number; y: number }[][] {
  const found: { x: number; y: number }[][] = [[]]
  for (const { x, y } of spots) {
    if (y === null) found.push([])
    else found.at(-1)?.push({ x, y })
  }
  return found.filter((stretch) => stretch.length > 0)
}

const through = (stretch: { x: number; y: number }[]) => `M${stretch.map(({ x, y }) => `${x},${y}`).join('L')}`

/** The line as the `d` of a path. */
export const linePath = (spots: Spot[]): string => stretches(spots).map(through).join('')

/** The area between the line and the axis. */
export const areaPath = (spots: Spot[], axis: number): string =>
  stretches(spots)
    .map((stretch) => `${through(stretch)}L${stretch.at(-1)?.x},${axis}L${stretch[0]?.x},${axis}Z`)
    .join('')

/** Which of `count` labels to write, so that each has `room` pixels: every 1st, 2nd, … counted from the last, which is today. */
export function labelled(count: number, width: number, room: number): number[] {
  const every = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(width / room))))
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0)
}

/** The spot nearest to a pointer. */
export function nearest(spots: Spot[], x: number): number {
  let best = 0
  spots.forEach((spot, index) => {
    if (Math.abs(spot.x - x) < Math.abs((spots[best]?.x ?? 0) - x)) best = index
  })
  return best
}

/** Everything the picture of the graph needs. */
export interface Plan {
  frame: Frame
  /** Height at which the axis stands. */
  axis: number
  ticks: { value: number; y: number }[]
  spots: Spot[]
  /** What is compared with, under the same buckets. */
  before: Spot[]
  /** The line, and the part of it that leads to the bucket which is not over yet: its value will still grow. */
  solid: Spot[]
  dashed: Spot[]
}

/**
 * @param open whether the last bucket is not over yet
 * @param format how a value is written beside the axis; its length decides how much room that takes
 */
export function planGraph(
  line: { values: (number | null)[]; before: (number | null)[]; open: boolean },
  size: { width: number; height: number },
  kind: 'count' | 'duration' | 'other',
  format: (value: number) => string,
): Plan {
  const values = ticksFor(Math.max(0, ...line.values.map(Number), ...line.before.map(Number)), kind)
  const top = values.at(-1) ?? 1
  const longest = Math.max(...values.map((value) => format(value).length))
  const frame = { ...size, left: Math.max(44, 18 + 6.5 * longest), right: 24, top: 16, bottom: 28 }
  const axis = size.height - frame.bottom
  const spots = spotsFor(line.values, top, frame)
  const end = line.open ? spots.length - 1 : spots.length
  return {
    frame,
    axis,
    ticks: values.map((value) => ({ value, y: round(axis - ((axis - frame.top) * value) / top) })),
    spots,
    before: spotsFor(line.before, top, frame),
    solid: spots.slice(0, end),
    dashed: line.open ? spots.slice(Math.max(0, end - 1)) : [],
  }
}
