import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { StartError } from './errors.ts'
import { nearest } from './lib/nearest.ts'
import {
  ROLES,
  cidrs,
  count,
  eventPath,
  httpUrl,
  logLevel,
  mebibytes,
  port,
  roles,
  text,
  trackerName,
  type Read,
  type Role,
} from './lib/variables.ts'

/** One variable: what it means, what stands in `.env.example`, and how its text becomes a checked value. */
interface Variable<Value> {
  meaning: string
  /** Shown in `.env.example` and the docs; the real default may depend on others. */
  shown: string
  read: Read<Value>
  fallback: Value
}

const variable = <Value>(meaning: string, shown: string, read: Read<Value>, fallback: Value): Variable<Value> => ({
  meaning,
  shown,
  read,
  fallback,
})

/** Every variable Footfall reads, once. `.env.example`, docs/operations.md and the checks derive from this table. */
export const VARIABLES = {
  PORT: variable('Port to listen on', '3000', port, 3000),
  HOST: variable('Address to listen on; :: is every one', '::', text, '::'),
  BASE_URL: variable('Public address; may have a path', 'http://localhost:PORT', httpUrl, null),
  DATA_DIR: variable('Embedded databases, journal and secrets made on first start', './data', text, './data'),
  DATABASE_URL: variable(
    'Accounts, sites, goals: mysql://user:password@host:3306/database, or sqlite:PATH',
    'SQLite in DATA_DIR',
    text,
    null,
  ),
  EVENTS_URL: variable(
    'Events: mysql://user:password@host:3306/database, or http://user:password@host:8123/database of a ClickHouse server',
    'that of DATABASE_URL where it is MySQL, else ClickHouse in process in DATA_DIR',
    text,
    null,
  ),
  DATABASE_READ_URL: variable(
    'Replica of the events in MySQL, for questions: mysql://user:password@host:3306/database; it is used only while it has all that was stored',
    'none',
    text,
    null,
  ),
  REDIS_URL: variable(
    'Cache shared by several processes: redis://:password@host:6379, or a Cluster: redis://a:6379,b:6379',
    'in process',
    text,
    null,
  ),
  ROLES: variable('What this process runs', 'collect,write,query,web,jobs', roles, null),
  TRUSTED_PROXIES: variable('Addresses and CIDR ranges whose X-Forwarded-For is believed', 'none', cidrs, [] as string[]),
  ADMIN_EMAIL: variable('With ADMIN_PASSWORD: creates the first administrator without a browser', 'first visit asks', text, null),
  ADMIN_PASSWORD: variable('At least 8 characters', 'first visit asks', text, null),
  TRACKER_NAME: variable('File name of the tracker, for visitors whose blockers know this one', 'tracker.js', trackerName, 'tracker.js'),
  EVENT_PATH: variable('Path of the collector, for the same reason', '/api/event', eventPath, '/api/event'),
  GEOIP_DB: variable('Any MaxMind .mmdb file', 'the country file that ships', text, null),
  DATACENTER_RANGES: variable(
    'File with networks of data centres, one CIDR range a line, for sites that do not count them',
    'none',
    text,
    null,
  ),
  ADDRESS_LIMIT: variable('Events a minute from one address before 429; 0 is no limit', '600', count, 600),
  KEY_LIMIT: variable('Questions an hour with one API key before 429; 0 is no limit', '600', count, 600),
  JOURNAL_LIMIT_MB: variable('Accepted but unstored events kept on disk before 503', '1024', mebibytes, 1024),
  FLUSH_MS: variable('Longest time before an accepted event is stored and shown, milliseconds', '500', count, 500),
  LOG_LEVEL: variable('trace, debug, info, warn, error or silent', 'info', logLevel, 'info'),
  METRICS_TOKEN: variable('Bearer token that /metrics asks for; without it only loopback may read', 'none', text, null),
} satisfies Record<string, Variable<unknown>>

type Name = keyof typeof VARIABLES
type Values = { [Key in Name]: (typeof VARIABLES)[Key] extends Variable<infer Value> ? Value : never }

/** Names in a shared `.env` that are meant for Compose and the database images, not for us. */
const FOREIGN = /^(COMPOSE_|MYSQL_|MARIADB_|REDIS_PASSWORD|CLICKHOUSE_|TZ$|NODE_|FOOTFALL_VERSION$)/

/** Checked settings of this process. */
export interface Config {
  port: number
  host: string
  /** Without a trailing slash. */
  baseUrl: string
  /** Path part of the public address, '' or '/stats'. */
  basePath: string
  dataDir: string
  databaseUrl: string | null
  eventsUrl: string | null
  databaseReadUrl: string | null
  redisUrl: string | null
  roles: readonly Role[]
  trustedProxies: string[]
  adminEmail: string | null
  adminPassword: string | null
  trackerName: string
  eventPath: string
  geoipDb: string | null
  dataCenterRanges: string | null
  addressLimit: number
  keyLimit: number
  journalLimitBytes: number
  flushMilliseconds: number
  logLevel: string
  metricsToken: string | null
}

/**
 * Reads the environment and `.env` beside `directory` (the environment wins), and checks everything.
 *
 * @throws StartError one sentence that names the variable, what was expected and what came.
 */
export function loadConfig(environment: Record<string, string | undefined>, directory: string): Config {
  const file = resolve(directory, '.env')
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  refuseUnknown(environment, Object.keys(fromFile))
  const all = { ...fromFile, ...environment }
  const values = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, { read, fallback }]) => {
      const given = givenText(all, name)
      if (given === undefined) return [name, fallback]
      const result = (read as Read<unknown>)(given)
      if ('expected' in result) throw new StartError(`${name} must be ${result.expected}, not ${JSON.stringify(given)}.`)
      return [name, result.value]
    }),
  ) as Values
  if ((values.ADMIN_EMAIL === null) !== (values.ADMIN_PASSWORD === null)) {
    throw new StartError('ADMIN_EMAIL and ADMIN_PASSWORD go together: set both or neither.')
  }
  const baseUrl = (values.BASE_URL ?? `http://localhost:${values.PORT}`).replace(/\/+$/, '')
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl,
    basePath: new URL(baseUrl).pathname.replace(/\/+$/, ''),
    dataDir: resolve(directory, values.DATA_DIR),
    databaseUrl: values.DATABASE_URL,
    eventsUrl: values.EVENTS_URL,
    databaseReadUrl: values.DATABASE_READ_URL,
    redisUrl: values.REDIS_URL,
    roles: values.ROLES ?? ROLES,
    trustedProxies: values.TRUSTED_PROXIES,
    adminEmail: values.ADMIN_EMAIL,
    adminPassword: values.ADMIN_PASSWORD,
    trackerName: values.TRACKER_NAME,
    eventPath: values.EVENT_PATH,
    geoipDb: values.GEOIP_DB,
    dataCenterRanges: values.DATACENTER_RANGES,
    addressLimit: values.ADDRESS_LIMIT,
    keyLimit: values.KEY_LIMIT,
    journalLimitBytes: values.JOURNAL_LIMIT_MB * 1024 * 1024,
    flushMilliseconds: values.FLUSH_MS,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
  }
}

/** The value itself, or the content of the file that `NAME_FILE` names (Docker secrets). Blank is unset. */
function givenText(all: Record<string, string | undefined>, name: string): string | undefined {
  const direct = all[name]?.trim()
  const file = all[`${name}_FILE`]?.trim()
  if (direct && file) throw new StartError(`${name} and ${name}_FILE are both set; keep one.`)
  if (!file) return direct || undefined
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (error) {
    throw new StartError(`${name}_FILE names ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/**
 * A misspelt variable would silently mean its default. In `.env` every name must be known; in the environment, which
 * belongs to others too, a name is ours when it starts with FOOTFALL_ or is one or two letters away from a known one.
 */
function refuseUnknown(environment: Record<string, string | undefined>, inFile: string[]): void {
  const known = new Set(Object.keys(VARIABLES).flatMap((name) => [name, `${name}_FILE`]))
  const names = [...known]
  const complain = (name: string, where: string): never => {
    const near = nearest(name.replace(/^FOOTFALL_/, ''), names)
    throw new StartError(
      `${name} ${where} is not a variable of Footfall${near ? `; did you mean ${near}?` : '. See .env.example for the list.'}`,
    )
  }
  for (const name of inFile) if (!known.has(name) && !FOREIGN.test(name)) complain(name, 'in .env')
  for (const name of Object.keys(environment)) {
    if (known.has(name) || FOREIGN.test(name)) continue
    if (name.startsWith('FOOTFALL_') || (name.length >= 7 && nearest(name, names))) complain(name, 'in the environment')
  }
}
