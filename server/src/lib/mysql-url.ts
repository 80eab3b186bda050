import { readFileSync } from 'node:fs'
import { StartError } from '../errors.ts'

/** Where a MySQL or MariaDB is, in the words of its driver. */
export interface MysqlAddress {
  host: string
  port: number
  user: string
  password: string
  database: string
  /** TLS with a certificate that is checked; absent for a plain connection. */
  ssl?: { ca?: string }
}

export function isMysqlUrl(url: string): boolean {
  return /^(mysql|mariadb):\/\//i.test(url)
}

/**
 * Reads `mysql://user:password@host:3306/database`; `mariadb://` is the same. `?ssl=true` asks for TLS by a public authority,
 * `?ssl-ca=FILE` for TLS by that of the file.
 *
 * @param variable whose value this is, for the message
 * @throws StartError that says what was expected, without showing the password
 */
export function mysqlAddress(variable: string, text: string): MysqlAddress {
  const url = URL.parse(text)
  const database = url && decode(url.pathname.slice(1))
  if (!url || !isMysqlUrl(text) || !url.hostname || !database || database.includes('/')) {
    throw new StartError(`${variable} must be like mysql://user:password@host:3306/database, not ${text.replace(/:.*/s, ':…')}.`)
  }
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'ssl' && name !== 'ssl-ca')
  if (unknown !== undefined) throw new StartError(`${variable} takes ?ssl=true and ?ssl-ca=FILE, not ?${unknown}.`)
  const ssl = tls(variable, url.searchParams)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3306),
    user: decode(url.username) ?? '',
    password: decode(url.password) ?? '',
    database,
    ...(ssl && { ssl }),
  }
}

function tls(variable: string, options: URLSearchParams): MysqlAddress['ssl'] {
  const file = options.get('ssl-ca')
  if (file !== null) {
    try {
      return { ca: readFileSync(file, 'utf8') }
    } catch (error) {
      throw new StartError(`${variable} names ssl-ca=${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    }
  }
  const asked = options.get('ssl') ?? 'false'
  if (asked !== 'true' && asked !== 'false') throw new StartError(`${variable} takes ssl=true or ssl=false, not ssl=${asked}.`)
  return asked === 'true' ? {} : undefined
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
