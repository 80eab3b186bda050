const COUNTED = 'InnoDB wants an index that begins with the counted column'
const COMBINATION = {
  'site, id': 'read by number for one site, and erased with it',
  hash: 'finds the number of a combination, and lets one of two processes win',
  id: COUNTED,
}

/** Why each key of the tables is there, for DB_SCHEMA.md. Why a table is there stands at the head of the migration that makes it. */
export const KEY_REASONS: Record<string, Record<string, string>> = {
  terms: {
    'site, kind, id': 'a filter reads all texts of one kind of one site, in one stretch',
    hash: 'finds the number of a text of any length, and lets one of two processes win',
    id: COUNTED,
  },
  origins: COMBINATION,
  places: COMBINATION,
  agents: COMBINATION,
  prop_sets: COMBINATION,
  prop_items: { 'site, prop, prop_set': 'a question asks for one property of many events' },
  batches: { id: 'part of the key of events', token: 'a batch that is sent again is refused, with all that it holds' },
  events: {
    'site, time, batch, position': 'InnoDB stores rows in this order: a question reads one stretch, and a batch is appended at its end',
    'site, id': 'imports find a repetition however old it is',
  },
  visits: {
    'site, opened, id': 'as for events; it never changes while the visit grows',
    'site, visitor': 'imports find the open visit of a visitor who may come back after any time',
  },
  generations: { id: 'every transaction looks for the one it relies on' },
  rollup_changes: { 'site, slot': 'a question looks for changes in its range; the hot rows are those of this moment' },
  rollup_sites: { site: 'read by every question that sums may answer' },
  rollup_days: { 'site, day': 'a question reads those of its range' },
  event_rollups: { 'site, dimension, day, border, value': 'a question reads one stretch: one dimension, its days' },
  visit_rollups: { 'site, dimension, day, border, value': 'as for event_rollups' },
  spans: { 'length, n': 'joined on its length' },
  turns: { id: 'one row' },
  event_migrations: { name: 'a handful of rows' },
}

/** Tables that no migration makes. */
export const TABLE_REASONS: Record<string, string> = { event_migrations: 'Which migrations ran.' }

/** Which column holds the number of which table's rows. Not foreign keys: those would be checked for every event. */
export const REFERENCES: readonly (readonly [table: string, column: string, other: string])[] = [
  ...['events', 'visits'].flatMap((table) => [
    [table, 'origin', 'origins'] as const,
    [table, 'place', 'places'] as const,
    [table, 'agent', 'agents'] as const,
  ]),
  ['events', 'visit', 'visits'],
  ['events', 'batch', 'batches'],
  ['events', 'name, host, page, title', 'terms'],
  ['visits', 'entry_page, exit_page, …', 'terms'],
  ['events', 'props', 'prop_sets'],
  ['event_rollups', 'value', 'terms'],
  ['visit_rollups', 'value', 'terms'],
  ['prop_items', 'prop_set', 'prop_sets'],
  ['prop_items', 'prop, value', 'terms'],
  ['origins', 'source, referrer, …', 'terms'],
  ['places', 'country, region, …', 'terms'],
  ['agents', 'browser, os, …', 'terms'],
]
