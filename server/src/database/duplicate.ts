/**
 * Whether a database refused a row because its key exists already. Inserting and asking this is the upsert that
 * SQLite, MySQL and MariaDB have in common: `on conflict` and `on duplicate key` each exist in one of them only.
 * Codes: sqlite.org/rescode.html (2067 unique, 1555 primary key), MySQL error 1062.
 */
export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { errcode, errno } = error as { errcode?: unknown; errno?: unknown }
  return errcode === 2067 || errcode === 1555 || errno === 1062
}
