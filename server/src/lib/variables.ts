import { BlockList, isIP } from 'node:net'

/** Turns the text of a variable into its value, or says what was expected instead. */
export type Read<Value> = (given: string) => { value: Value } | { expected: string }

const within = (low: number, high: number, expected: string, given: string) => {
  const value = Number(given)
  return /^\d+$/.test(given) && value >= low && value <= high ? { value } : { expected }
}

const matching =
  (pattern: RegExp, expected: string): Read<string> =>
  (given) =>
    pattern.test(given) ? { value: given } : { expected }

export const text = (given: string): { value: string } => ({ value: given })
export const port: Read<number> = (given) => within(0, 65_535, 'a port from 0 to 65535', given)
export const count: Read<number> = (given) => within(0, 3_600_000, 'a whole number from 0 to 3600000', given)
export const mebibytes: Read<number> = (given) => within(1, 1_048_576, 'a number of megabytes from 1 to 1048576', given)
export const trackerName = matching(/^[\w.-]{1,64}\.js$/, 'a file name that ends in .js, such as "tracker.js"')
export const eventPath = matching(/^\/[\w./-]{1,127}$/, 'a path that starts with /, such as "/api/event"')
export const logLevel = matching(/^(trace|debug|info|warn|error|silent)$/, 'trace, debug, info, warn, error or silent')

export const httpUrl: Read<string> = (given) => {
  const url = URL.parse(given)
  const good = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
  return good ? { value: given } : { expected: 'an address such as "https://stats.example.com" without query or fragment' }
}

/** What a process runs; docs/operations.md. */
export const ROLES = ['collect', 'write', 'query', 'web', 'jobs'] as const
export type Role = (typeof ROLES)[number]

export const roles: Read<readonly Role[]> = (given) => {
  const list = given.split(',').map((role) => role.trim())
  const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role)
  return list.every(isRole) ? { value: list } : { expected: `a comma list of ${ROLES.join(', ')}` }
}

export const cidrs: Read<string[]> = (given) => {
  const list = given
    .split(',')
    .map((range) => range.trim())
    .filter(Boolean)
  return list.every(isCidr) ? { value: list } : { expected: 'a comma list of addresses or ranges such as "10.0.0.0/8, ::1"' }
}

/** An address, or an address with a prefix length. */
function isCidr(range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || (prefix !== undefined && !/^\d+$/.test(prefix))) return false
  try {
    new BlockList().addSubnet(address, Number(prefix ?? 0), family === 6 ? 'ipv6' : 'ipv4')
    return true
  } catch {
    return false
  }
}
