import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { VARIABLES } from '../server/src/config.ts'
import { ROOT } from './paths.mjs'

/** Settings that compose.yaml does not hand through, and why. */
const FIXED: Record<string, string> = {
  PORT: 'the port of this machine; in the container it is 3000',
  HOST: 'a container listens on every address it has',
  DATA_DIR: 'the volume',
  ROLES: 'one process does everything',
  GEOIP_DB: 'needs a mount beside it',
  DATACENTER_RANGES: 'needs a mount beside it',
}

test('compose.yaml hands every setting to the server, but those that a container fixes', () => {
  const text = readFileSync(join(ROOT, 'compose.yaml'), 'utf8')
  const app = text.slice(text.indexOf('  app:\n'), text.indexOf('  mysql:\n'))
  const handed = new Set([...app.matchAll(/^ {6}([A-Z_]+):/gm)].map((match) => match[1]))
  const expected = Object.keys(VARIABLES).filter((name) => !(name in FIXED))
  assert.deepEqual([...handed].toSorted(), expected.toSorted())
})

test('the Dockerfile shows npm every workspace, without which the lockfile does not fit', () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  const manifests = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { workspaces: string[] }).workspaces
  for (const workspace of manifests) assert.match(dockerfile, new RegExp(`^COPY ${workspace}/package\\.json ${workspace}/$`, 'm'))
})

test('every variable that compose.yaml reads is in .env.example', () => {
  const read = readFileSync(join(ROOT, 'compose.yaml'), 'utf8').matchAll(/\$\{([A-Z_]+)/g)
  const example = readFileSync(join(ROOT, '.env.example'), 'utf8')
  for (const [, name] of read) assert.match(example, new RegExp(`^#${name}=`, 'm'))
})
