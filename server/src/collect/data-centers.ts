import { readFile, stat } from 'node:fs/promises'
import { StartError } from '../errors.ts'
import type { Log } from '../lib/app.ts'
import { liveFile } from '../lib/live-file.ts'
import { readAddress, groupsOf } from './address.ts'

/** Every published range of the big clouds together is a tenth of that. */
const MAX_LINES = 500_000
const MAX_BYTES = 32 * 1024 * 1024

/** Sorted and apart from each other, so that the one before an address is the only one that can hold it. */
interface Ranges {
  starts: bigint[]
  ends: bigint[]
}

function numberOf(address: string): bigint {
  if (!address.includes(':')) return BigInt(address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0))
  return BigInt(
    `0x${groupsOf(address)
      .map((group) => group.padStart(4, '0'))
      .join('')}`,
  )
}

const bitsOf = (address: string) => (address.includes(':') ? 128 : 32)

/** First and last address of a CIDR range or of a single address, null where the text is neither. */
function readRange(text: string): { bits: number; start: bigint; end: bigint } | null {
  const [first = '', length, ...rest] = text.split('/')
  const address = readAddress(first)
  if (!address || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null
  const bits = bitsOf(address)
  const free = bits - Number(length ?? bits)
  if (free < 0) return null
  const start = (numberOf(address) >> BigInt(free)) << BigInt(free)
  return { bits, start, end: start + (1n << BigInt(free)) - 1n }
}

function arrange(found: { start: bigint; end: bigint }[]): Ranges {
  const ranges: Ranges = { starts: [], ends: [] }
  for (const { start, end } of found.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    const last = ranges.ends.at(-1)
    if (last !== undefined && start <= last + 1n) {
      if (end > last) ranges.ends[ranges.ends.length - 1] = end
    } else {
      ranges.starts.push(start)
      ranges.ends.push(end)
    }
  }
  return ranges
}

function holds({ starts, ends }: Ranges, address: bigint): boolean {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= address) low = middle + 1
    else high = middle
  }
  return low > 0 && address <= ends[low - 1]!
}

/**
 * Reads a list of networks: one address or CIDR range a line; blank lines and what follows a `#` do not count.
 * @returns whether an address (as of `readAddress`) is in one of them; answers in the logarithm of their number
 * @throws StartError that names the first line that is neither
 */
export function readRanges(text: string, file: string): (address: string) => boolean {
  const lines = text.split('\n', MAX_LINES + 1)
  if (lines.length > MAX_LINES) throw new StartError(`DATACENTER_RANGES: ${file} has more than ${MAX_LINES} lines.`)
  const found = lines.flatMap((line, index) => {
    const entry = line.split('#', 1)[0]!.trim()
    if (entry === '') return []
    const range = readRange(entry)
    if (range) return [range]
    throw new StartError(
      `DATACENTER_RANGES: line ${index + 1} of ${file} must be an address or a range such as 192.0.2.0/24, not ${JSON.stringify(entry.slice(0, 60))}.`,
    )
  })
  const byBits = new Map([32, 128].map((bits) => [bits, arrange(found.filter((range) => range.bits === bits))]))
  return (address) => address !== '' && holds(byBits.get(bitsOf(address))!, numberOf(address))
}

async function load(file: string): Promise<(address: string) => boolean> {
  const unreadable = (error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`DATACENTER_RANGES: ${file} cannot be read (${why}).`, { cause: error })
  }
  const { size } = await stat(file).catch(unreadable)
  if (size > MAX_BYTES) throw new StartError(`DATACENTER_RANGES: ${file} is larger than ${MAX_BYTES} bytes.`)
  return readRanges(await readFile(file, 'utf8').catch(unreadable), file)
}

/** Networks of data centres, of a file of the operator that is read again when it changes. */
export interface DataCenters {
  has(address: string): boolean
  stop(): void
}

/**
 * @param path null: none is known
 * @throws StartError where the file cannot be read or has a line that is no range
 */
export async function openDataCenters(path: string | null, log: Log, everyMs?: number): Promise<DataCenters> {
  if (path === null) return { has: () => false, stop() {} }
  const ranges = await liveFile(path, load, { log, ...(everyMs !== undefined && { everyMs }) })
  return { has: (address) => ranges.current()(address), stop: ranges.stop }
}
