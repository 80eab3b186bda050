import type { Database } from './schema.ts'

/** Why a table is there, and each of its keys by its columns. DB_SCHEMA.md is made of these and the live schema; one that is missing fails it. */
export interface Reason {
  why: string
  keys: Record<string, string>
}

const BY_SITE = 'finds what hangs on a site, and deletes it with the site'

/** Metadata. A numbered `id` that is the primary key needs no reason. */
export const REASONS = {
  users: { why: 'People who sign in.', keys: { email: 'one account an address; signing in looks here' } },
  login_sessions: {
    why: 'Who is signed in where. Its own table, so that signing out on one machine leaves the others.',
    keys: { token_hash: 'every request of the dashboard looks here; a hash, so that who reads the database cannot sign in with it' },
  },
  api_keys: { why: 'Keys of programs and of the command line.', keys: { key_hash: 'every request with a key looks here' } },
  sites: {
    why: 'The websites that are counted, with their time zone and what they refuse.',
    keys: { domain: 'an event names its site by it' },
  },
  site_aliases: {
    why: 'Other names under which trackers send for a site: its id in another product, a domain it had before.',
    keys: { alias: 'a name leads to one site' },
  },
  goals: {
    why: 'What a site wants its visitors to do.',
    keys: {
      'site_id, definition_hash':
        'the same goal is not made twice; a hash, since its texts together are longer than an index of MySQL may be',
      'site_id, display_name': 'the dashboard and the API name goals by it',
    },
  },
  segments: { why: 'Filters that people saved.', keys: { 'site_id, name': BY_SITE } },
  funnels: { why: 'Steps that visitors are expected to take one after another.', keys: { 'site_id, name': BY_SITE } },
  annotations: { why: 'Notes on days of the graph.', keys: {} },
  shared_links: {
    why: 'Addresses under which a dashboard can be read without an account.',
    keys: { token: 'the address holds it', 'site_id, name': BY_SITE },
  },
  salts: {
    why: 'What makes visitor ids of one day impossible to compute on another: destroyed when the day is over, and with it the way back.',
    keys: { 'site, day': 'all processes agree on one: the first insert wins' },
  },
  drops: {
    why: 'Events that were refused, counted: nothing is dropped without a trace. Site 0 is for unknown ones, so there is no foreign key.',
    keys: { 'site, day, reason': 'one row that is added to' },
  },
  traits: {
    why: 'What sites that identify their visitors say of them, in clear. Deleted with the visitor. Written beside events, so without a foreign key.',
    keys: { 'site, visitor': 'one row that the latest replaces' },
  },
  cities: {
    why: 'Names of the cities that were seen, in the words of the file that knew where an address is.',
    keys: { id: 'events hold the number at geonames.org' },
  },
  settings: { why: 'Small facts of the installation: its name, its keys, what is left to erase and when.', keys: { name: 'read by name' } },
} satisfies Record<keyof Database, Reason>
