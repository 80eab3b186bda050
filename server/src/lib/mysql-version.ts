/** Oldest versions that the tests run on or that have the same features: MySQL 8.0 (2018), MariaDB 10.6 (2021). */
const OLDEST = { MySQL: [8, 0], MariaDB: [10, 6] } as const

/** What is wrong with this answer to `select version()`, in words; null when it is new enough. */
export function tooOld(version: string): string | null {
  const name = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL'
  const [major = 0, minor = 0] = version.split('.').map(Number.parseFloat)
  const [least, leastMinor] = OLDEST[name]
  if (major > least || (major === least && minor >= leastMinor)) return null
  return `The database is ${name} ${version}; Footfall needs ${name} ${least}.${leastMinor} or newer.`
}
