import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A table of a live database, and why it is like this. */
export interface Table {
  name: string
  why: string
  columns: { name: string; type: string; note: string }[]
  keys: { what: string; columns: string; why: string }[]
}

export interface Reference {
  table: string
  column: string
  other: string
}

/** The reason, or a failure that says where to write it. */
export function reason(reasons: Record<string, string> | undefined, name: string, file: string): string {
  const found = reasons?.[name]
  if (!found) throw Object.assign(new Error(`${name} has no reason yet; write it in ${file}.`), { expected: true })
  return found
}

/** What stands at the head of each migration `NNNN-TABLE.sql` of a folder, by table. */
export function migrationReasons(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => {
      const comment = readFileSync(join(folder, file), 'utf8').match(/^(?:--.*\n)+/)?.[0] ?? ''
      return [file.replace(/^\d+-|\.sql$/g, ''), comment.replace(/^-- ?/gm, '').replaceAll('\n', ' ').trim()]
    }),
  )
}

/** A section: a diagram of how tables hang together, then each table. */
export function section(title: string, intro: string, tables: Table[], references: Reference[]): string {
  const lines = references.map(({ table, column, other }) => `  ${other} ||--o{ ${table} : "${column}"`)
  const alone = tables.filter(({ name }) => !references.some(({ table, other }) => table === name || other === name))
  const diagram = ['```mermaid', 'erDiagram', ...lines, ...alone.map(({ name }) => `  ${name}`), '```']
  return [`## ${title}`, intro, diagram.join('\n'), ...tables.map(paragraph)].join('\n\n')
}

function paragraph({ name, why, columns, keys }: Table): string {
  const rows = columns.map((column) => `| \`${column.name}\` | ${cell(column.type)} | ${cell(column.note)} |`)
  const reasons = keys.map(({ what, columns, why }) => `- ${what} \`${columns}\`: ${why}`)
  return [
    `### ${name}`,
    why,
    ['| column | type | |', '|---|---|---|', ...rows].join('\n'),
    ...(reasons.length > 0 ? [reasons.join('\n')] : []),
  ].join('\n\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')
