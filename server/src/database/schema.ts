import type { Generated } from 'kysely'

/**
 * Metadata: everything but events. One schema for SQLite and MySQL/MariaDB, brought up to date by `migrations/`.
 * Times are Unix seconds. Columns of JSON are text that only this program reads, never SQL.
 */
export interface Database {
  users: UsersTable
  login_sessions: LoginSessionsTable
  api_keys: ApiKeysTable
  sites: SitesTable
  site_aliases: SiteAliasesTable
  goals: GoalsTable
  segments: SegmentsTable
  funnels: FunnelsTable
  annotations: AnnotationsTable
  shared_links: SharedLinksTable
  salts: SaltsTable
  drops: DropsTable
  traits: TraitsTable
  cities: CitiesTable
  settings: SettingsTable
}

interface UsersTable {
  id: Generated<number>
  /** Lower case. */
  email: string
  /** PHC string of argon2id. */
  password_hash: string
  role: string
  created_at: number
}

interface LoginSessionsTable {
  /** SHA-256 of the cookie, hex: who reads the database cannot log in with it. */
  token_hash: string
  user_id: number
  created_at: number
  expires_at: number
}

interface ApiKeysTable {
  id: Generated<number>
  /** Null: made on the command line, belongs to the installation. */
  user_id: number | null
  name: string
  /** First characters, to tell keys apart. */
  prefix: string
  /** SHA-256 of the key, hex. */
  key_hash: string
  /** Comma list of scopes. */
  scopes: string
  created_at: number
  last_used_at: number | null
  /** Null: for ever. Set for keys that one command makes for itself. */
  expires_at: number | null
}

interface SitesTable {
  id: Generated<number>
  /** Lower case, without scheme and `www.`; may hold a path. */
  domain: string
  /** IANA name. */
  timezone: string
  /** JSON of `TrackerOptions`. */
  tracker: string
  /** JSON of `Shields`. */
  shields: string
  /** Events a minute; null is no limit. */
  ingest_rate_limit: number | null
  /** 0 or 1. */
  respect_dnt: Generated<number>
  /** 0 or 1. */
  drop_data_centers: Generated<number>
  /** 0 or 1. */
  public: Generated<number>
  /** Null: for ever. */
  keep_months: number | null
  /** JSON list, or null for all. */
  allowed_props: string | null
  created_at: number
}

interface SiteAliasesTable {
  /** Lower case, without `www.`. */
  alias: string
  site_id: number
}

interface GoalsTable {
  id: Generated<number>
  site_id: number
  goal_type: 'event' | 'page'
  event_name: string | null
  page_path: string | null
  scroll_threshold: number | null
  currency: string | null
  display_name: string
  /** JSON object, or null. */
  custom_props: string | null
  /** SHA-256 of what the goal matches: unique in the site, whatever the length or collation of its texts. */
  definition_hash: string
}

interface SegmentsTable {
  id: Generated<number>
  site_id: number
  name: string
  /** JSON list in the form of the Stats API. */
  filters: string
  created_at: number
}

interface FunnelsTable {
  id: Generated<number>
  site_id: number
  name: string
  /** JSON list of ids of goals. */
  steps: string
  window_seconds: number
  created_at: number
}

interface AnnotationsTable {
  id: Generated<number>
  site_id: number
  /** `YYYY-MM-DD` in the time zone of the site. */
  day: string
  note: string
  created_at: number
}

interface SharedLinksTable {
  id: Generated<number>
  site_id: number
  name: string
  /** In the link itself, so it cannot be hashed: the API shows it again. */
  token: string
  /** PHC string of argon2id, or null. */
  password_hash: string | null
  /** Null: everything. A link whose segment is gone opens nothing. */
  segment_id: number | null
  /** JSON list, or null for every page. */
  embed_origins: string | null
  created_at: number
}

interface SaltsTable {
  site: number
  /** `YYYY-MM-DD` in the time zone of the site. */
  day: string
  /** Hex. */
  salt: string
  created_at: number
}

interface DropsTable {
  /** 0 where the site is not known. */
  site: number
  /** `YYYY-MM-DD` in the time zone of the site, UTC without one. */
  day: string
  reason: string
  events: number
}

interface TraitsTable {
  site: number
  /** Of an identified visitor, decimal. */
  visitor: string
  /** JSON object of texts: the latest that the site said. */
  traits: string
  changed_at: number
}

interface CitiesTable {
  /** At geonames.org. */
  id: number
  name: string
}

interface SettingsTable {
  name: string
  value: string
}
