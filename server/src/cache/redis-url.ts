import { readFileSync } from 'node:fs'
import { StartError } from '../errors.ts'

/** Where Redis is. More than one node is a Cluster. */
export interface RedisAddress {
  nodes: { host: string; port: number }[]
  username: string | undefined
  password: string | undefined
  database: number
  /** Null for a plain connection. */
  tls: { ca?: string } | null
}

const EXPECTED = 'like redis://user:password@host:6379/0, rediss:// for TLS, or several nodes of a Cluster: redis://:password@a:6379,b:6379'

/**
 * Reads the address of a Redis, or of several nodes of a Cluster. `?ssl-ca=FILE` names a private authority.
 *
 * @throws StartError that says what was expected, without showing the password
 */
export function redisAddress(text: string): RedisAddress {
  const refuse = (why: string): never => {
    throw new StartError(`REDIS_URL must be ${EXPECTED}; ${why}.`)
  }
  const [first = '', ...more] = text.split(',')
  const url = URL.parse(first)
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname) return refuse(`this one is ${first.replace(/:.*/s, ':…')}`)
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'ssl-ca')
  if (unknown !== undefined) return refuse(`it takes ?ssl-ca=FILE, not ?${unknown}`)
  const database = url.pathname.slice(1) || '0'
  if (!/^\d{1,5}$/.test(database)) return refuse('its path must be the number of a database')
  if (more.length > 0 && database !== '0') return refuse('a Cluster has no database but 0')
  return {
    nodes: [url, ...more.map((node) => nodeUrl(node) ?? refuse('each further node is HOST:PORT'))].map(({ hostname, port }) => ({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 6379),
    })),
    username: decoded(url.username, refuse),
    password: decoded(url.password, refuse),
    database: Number(database),
    tls: url.protocol === 'rediss:' ? authority(url.searchParams.get('ssl-ca')) : null,
  }
}

/** A further node: `b:6379`. Password and TLS are those of the first. */
function nodeUrl(node: string): URL | null {
  const url = URL.parse(`redis://${node.trim().replace(/^rediss?:\/\//, '')}`)
  return url && url.hostname && url.username + url.pathname + url.search === '' ? url : null
}

function decoded(text: string, refuse: (why: string) => never): string | undefined {
  try {
    return text === '' ? undefined : decodeURIComponent(text)
  } catch {
    return refuse('special characters of user and password are written as %XX')
  }
}

function authority(file: string | null): { ca?: string } {
  if (file === null) return {}
  try {
    return { ca: readFileSync(file, 'utf8') }
  } catch (error) {
    throw new StartError(`REDIS_URL names ssl-ca=${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
