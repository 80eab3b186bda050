import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VARIABLES } from '../server/src/config.ts'
import { ROOT } from './paths.mjs'
import { clickhouseSection } from './schema/clickhouse.ts'
import { metadataSection } from './schema/metadata.ts'
import { mysqlSection } from './schema/mysql.ts'
import { startServers } from './servers.ts'

/** Files that are made from the code, so that they cannot disagree with it. */
const FILES: Record<string, () => string | Promise<string>> = { '.env.example': environmentExample, 'DB_SCHEMA.md': schema }

/** Lines of `.env` that only compose.yaml reads. */
const COMPOSE = {
  MYSQL_PASSWORD: { meaning: 'Of the database; letters and digits, set before the first start', shown: 'footfall' },
  REDIS_PASSWORD: { meaning: 'Of Redis; letters and digits', shown: 'footfall' },
  CLICKHOUSE_PASSWORD: { meaning: 'Of the ClickHouse server; the same stands in EVENTS_URL', shown: 'footfall' },
  COMPOSE_PROFILES: { meaning: 'What else is started: demo, monitoring, clickhouse', shown: 'none' },
  FOOTFALL_VERSION: { meaning: 'Tag of the image', shown: 'local' },
}

function environmentExample(): string {
  const list = (variables: Record<string, { meaning: string; shown: string }>) =>
    Object.entries(variables).map(([name, { meaning, shown }]) => `# ${meaning}.\n#${name}=${shown}\n`)
  return [
    '# Settings of Footfall. Copy to .env and uncomment what you change; every one has a default.',
    '# Each variable can be given as a file too: NAME_FILE=/run/secrets/name.\n',
    ...list(VARIABLES),
    '# Only for docker compose.\n',
    ...list(COMPOSE),
  ].join('\n')
}

/** Every table of every database after every migration, with the reason of each. */
async function schema(): Promise<string> {
  const servers = await startServers(['TEST_MYSQL_URL'])
  try {
    const sections = [await metadataSection(), await clickhouseSection(), await mysqlSection(servers.environment['TEST_MYSQL_URL']!)]
    const intro =
      'Made by `npm run fix` from live databases after every migration, with the reasons that stand beside the schema; `npm run check` compares.'
    return `${['# Tables', intro, ...sections].join('\n\n')}\n`
  } finally {
    await servers.stop()
  }
}

/** Writes the files, or with --check says which are stale. */
async function main(args: string[]): Promise<number> {
  let stale = 0
  for (const [name, make] of Object.entries(FILES)) {
    const path = join(ROOT, name)
    const wanted = await make()
    if (!args.includes('--check')) writeFileSync(path, wanted)
    else if (readOr(path, '') !== wanted) {
      stale++
      console.error(`${name} is stale; run npm run fix.`)
    }
  }
  return stale === 0 ? 0 : 1
}

function readOr(path: string, other: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return other
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error as { expected?: boolean }).expected) throw error
  console.error((error as Error).message)
  process.exitCode = 1
}
