/**
 * Numbers by chance that come out the same on every machine, so that a demo and a benchmark can be repeated.
 *
 * Generator: sfc32 ("small fast counter", Chris Doty-Humphrey, PractRand; public domain): 128 bits of state, only 32-bit
 * additions, shifts and xors. Mulberry32 would be shorter, but with 32 bits of state ten million visits share streams.
 */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** Whole number, 0 ≤ x < bound. */
  below(bound: number): number
  /** true with this probability. */
  chance(probability: number): boolean
  /** Standard normal: mean 0, deviation 1. */
  normal(): number
}

/** Scrambles whole numbers into one of 32 bits. Finaliser of MurmurHash3 (Austin Appleby, public domain). */
export function hash(...numbers: number[]): number {
  let state = 0x9e3779b9
  for (const number of numbers) {
    state = Math.imul(state ^ number, 0x85ebca6b)
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
    state ^= state >>> 16
  }
  return state >>> 0
}

/** A 32-bit number for a text (FNV-1a). */
export function hashText(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  return state >>> 0
}

/** A stream of its own for every list of numbers: `createRandom(seed, site, hour, visit)`. */
export function createRandom(...seed: number[]): Random {
  let a = hash(1, ...seed)
  let b = hash(2, ...seed)
  let c = hash(3, ...seed)
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4294967296
  }
  // The state comes scrambled already; a few rounds mix the three words.
  for (let round = 0; round < 4; round++) next()
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    chance: (probability) => next() < probability,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** How many of something rare happen when `mean` are expected (Poisson); `uniform` 0 ≤ x < 1 decides. More mean never gives fewer. */
export function poisson(mean: number, uniform: number): number {
  // The sum below needs e^-mean, which leaves the range of doubles at 745; from 200 on the normal approximation is within 1 %.
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normalQuantile(uniform)))
  let count = 0
  let probability = Math.exp(-mean)
  let total = probability
  while (uniform > total && count < 1000) {
    count++
    probability *= mean / count
    total += probability
  }
  return count
}

/** Inverse of the normal distribution by the logistic approximation; off by less than 0.05 between 1 % and 99 %. */
function normalQuantile(uniform: number): number {
  const inside = Math.min(Math.max(uniform, 1e-6), 1 - 1e-6)
  return Math.log(inside / (1 - inside)) / 1.702
}

/** Draws one of the values, each as often as its weight says. Weights need not sum to 1; zero weights never come. */
export function weighted<Value>(entries: readonly (readonly [Value, number])[]): (random: Random) => Value {
  const values: Value[] = []
  const limits: number[] = []
  let total = 0
  for (const [value, weight] of entries) {
    if (weight <= 0) continue
    total += weight
    values.push(value)
    limits.push(total)
  }
  if (values.length === 0) throw new RangeError('expected at least one weight above zero')
  return (random) => {
    const mark = random.next() * total
    let index = 0
    while (index < values.length - 1 && mark >= limits[index]!) index++
    return values[index]!
  }
}
