import { BlockList, isIP } from 'node:net'

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * One address as text that compares: without port, brackets and zone, IPv4 inside IPv6 as IPv4, letters small.
 * @returns blank where it is no address
 */
export function readAddress(text: string): string {
  let address = text.trim()
  if (address.startsWith('[')) address = address.slice(1, address.indexOf(']'))
  else if (address.includes('.') && address.includes(':') && !address.includes('::')) address = address.slice(0, address.indexOf(':'))
  const zone = address.indexOf('%')
  if (zone >= 0) address = address.slice(0, zone)
  const mapped = MAPPED.exec(address)
  if (mapped) address = mapped[1]!
  return isIP(address) ? address.toLowerCase() : ''
}

/** A list of addresses and CIDR ranges; entries that are none are left out. */
export function addressList(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  let size = 0
  for (const entry of entries) {
    const [start = '', bits] = entry.split('/')
    const address = readAddress(start)
    const family = address.includes(':') ? 'ipv6' : 'ipv4'
    const most = family === 'ipv6' ? 128 : 32
    const length = bits === undefined ? most : Number(bits)
    if (!address || !Number.isInteger(length) || length < 0 || length > most) continue
    list.addSubnet(address, length, family)
    size += 1
  }
  if (size === 0) return () => false
  return (address) => address !== '' && list.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}

/** Who sent a request: the address, and whether a trusted proxy brought it, so that its headers may be believed. */
export interface Sender {
  address: string
  proxied: boolean
}

/**
 * Finds the address of the client. The socket's own, unless that is a trusted proxy; then the last entry of
 * X-Forwarded-For that no trusted proxy wrote about itself. Entries further left are the client's own words.
 */
export function createAddressReader(trustedProxies: readonly string[]) {
  const isTrusted = addressList(trustedProxies)
  return (socketAddress: string | undefined, forwardedFor: string | string[] | undefined): Sender => {
    let address = readAddress(socketAddress ?? '')
    if (!isTrusted(address)) return { address, proxied: false }
    const hops = (Array.isArray(forwardedFor) ? forwardedFor.join(',') : (forwardedFor ?? '')).split(',')
    for (let hop = hops.length - 1; hop >= 0; hop -= 1) {
      const next = readAddress(hops[hop]!)
      if (!next) break
      address = next
      if (!isTrusted(next)) break
    }
    return { address, proxied: true }
  }
}

/** What one subscriber has: an IPv4 address, or the /64 of an IPv6 address, whose lower half a device changes at will. */
export function subscriber(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const end = tail === '' ? [] : tail.split(':')
    while (groups.length + end.length < 8) groups.push('0')
    groups.push(...end)
  }
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
