import type { Migration } from 'kysely/migration'
import * as first from './001-first.ts'
import * as collection from './002-collection.ts'
import * as saved from './003-saved.ts'
import * as aliases from './004-aliases.ts'
import * as sharing from './005-sharing.ts'
import * as learned from './006-learned.ts'
import * as keeping from './007-keeping.ts'

/** Every migration in its order. Forward only: a released one never changes, a mistake is mended by the next. */
export const migrations: Record<string, Migration> = {
  '001-first': first,
  '002-collection': collection,
  '003-saved': saved,
  '004-aliases': aliases,
  '005-sharing': sharing,
  '006-learned': learned,
  '007-keeping': keeping,
}
