import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reason, section } from './table.ts'

test('a table or key without a reason fails the generation, and says where to write it', () => {
  assert.equal(reason({ users: 'People.' }, 'users', 'reasons.ts'), 'People.')
  for (const reasons of [undefined, {}, { users: '' }]) {
    assert.throws(() => reason(reasons, 'users', 'reasons.ts'), /^Error: users has no reason yet; write it in reasons\.ts\.$/)
  }
})

test('a section shows how tables hang together, and those that do not', () => {
  const table = (name: string) => ({ name, why: `Why ${name}.`, columns: [{ name: 'a', type: 'text|blob', note: '' }], keys: [] })
  assert.equal(
    section('Title', 'Intro.', [table('sites'), table('goals'), table('salts')], [{ table: 'goals', column: 'site_id', other: 'sites' }]),
    `## Title

Intro.

\`\`\`mermaid
erDiagram
  sites ||--o{ goals : "site_id"
  salts
\`\`\`

${['sites', 'goals', 'salts'].map((name) => `### ${name}\n\nWhy ${name}.\n\n| column | type | |\n|---|---|---|\n| \`a\` | text\\|blob |  |`).join('\n\n')}`,
  )
})
