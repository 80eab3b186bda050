import { fileURLToPath } from 'node:url'
import * as maxmind from 'maxmind'
import { StartError } from '../errors.ts'
import type { Log } from '../lib/app.ts'
import { liveFile } from '../lib/live-file.ts'
import { cutText } from '../lib/text.ts'

/** Where an address is. Blank means unknown. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string
  /** ISO 3166-2. */
  region: string
  /** GeoNames id. */
  city: string
  /** What the file calls the city; absent where it does not. */
  cityName?: string
}

/** The part of a record that is read: MaxMind's City and Country files, and the flat one that ships. */
interface GeoRecord {
  country_code?: unknown
  country?: { iso_code?: unknown }
  subdivisions?: { iso_code?: unknown }[]
  city?: { geoname_id?: unknown; names?: Record<string, unknown> }
}

const NOWHERE: Place = Object.freeze({ country: '', region: '', city: '' })
/** Codes by which files say that they do not know: unknown, unknown, the Tor network. */
const UNKNOWN = new Set(['ZZ', 'XX', 'T1'])
const SHIPPED = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/** Records kept decoded. They are kept by their place in the file, so addresses stay out of memory. */
const RECORDS_KEPT = 10_000

async function load(file: string): Promise<maxmind.Reader<GeoRecord & maxmind.Response>> {
  return maxmind.open<GeoRecord & maxmind.Response>(file, { cache: { max: RECORDS_KEPT } }).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`GEOIP_DB: ${file} cannot be read as a MaxMind file (${why}).`, { cause: error })
  })
}

/** Knows where addresses are. */
export interface Places {
  find(address: string): Place
  stop(): void
}

/**
 * Opens the file that knows where addresses are, and opens it again when it changes. A look-up takes about a microsecond.
 * @param path any MaxMind `.mmdb`; null is the country file that ships
 * @throws StartError where the file cannot be read
 */
export async function openPlaces(path: string | null, log: Log, everyMs?: number): Promise<Places> {
  const file = path ?? fileURLToPath(import.meta.resolve(SHIPPED))
  const reader = await liveFile(file, load, { log, ...(everyMs !== undefined && { everyMs }) })
  return {
    find(address) {
      const file = reader.current()
      // A file of IPv4 alone answers for the first half of an IPv6 address, as if that were one of IPv4.
      if (address === '' || (file.metadata.ipVersion === 4 && address.includes(':'))) return NOWHERE
      return readPlace(file.get(address))
    },
    stop: reader.stop,
  }
}

/** Place of one record of the file. */
export function readPlace(found: GeoRecord | null): Place {
  const code = found?.country?.iso_code ?? found?.country_code
  if (!found || typeof code !== 'string' || !/^[A-Z]{2}$/.test(code) || UNKNOWN.has(code)) return NOWHERE
  const region = found.subdivisions?.[0]?.iso_code
  const city = found.city?.geoname_id
  const name = found.city?.names?.['en']
  return {
    country: code,
    region: typeof region === 'string' && region !== '' ? `${code}-${region}` : '',
    city: typeof city === 'number' && city > 0 ? String(city) : '',
    ...(typeof city === 'number' && city > 0 && typeof name === 'string' && name !== '' && { cityName: cutText(name, 200) }),
  }
}
