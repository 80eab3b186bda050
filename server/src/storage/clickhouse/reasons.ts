/** Why each key of the tables is as it is, for DB_SCHEMA.md. Why a table is there stands at the head of the migration that makes it. */
export const KEY_REASONS: Record<string, Record<string, string>> = {
  events: {
    'ORDER BY site, toDate(time), visitor, time':
      'a question reads the days of one site; inside a day the events of a visitor stand together, whose attributes then take almost no room',
    'PARTITION BY toYYYYMM(time)': 'old months are dropped whole, and a question about a week touches one part or two',
  },
  visits: {
    'ORDER BY site, toDate(opened), visitor, id': 'only what never changes as the visit grows, so that its rows replace each other',
    'PARTITION BY toYYYYMM(opened)': 'as for events; rows of one visit are always in the same part, so FINAL need not look across',
  },
  migrations: { 'ORDER BY name': 'a handful of rows' },
}

/** Tables that no migration makes. */
export const TABLE_REASONS: Record<string, string> = { migrations: 'Which migrations ran.' }
