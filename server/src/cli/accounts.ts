import { KEY_SCOPES, ROLES, type KeyScope } from '@footfall/contract/accounts.ts'
import { createKey } from '../accounts/keys.ts'
import { addUser } from '../accounts/users.ts'
import { CommandError, type Command } from './command.ts'
import { askPassword, readFirstLine } from './password.ts'

export const keyCreate: Command = {
  summary: 'Makes an API key and prints it alone on stdout',
  takes: [],
  options: {
    name: { value: 'NAME', meaning: 'What the key is for', required: true },
    scope: { value: 'SCOPES', meaning: `Comma list of ${KEY_SCOPES.join(', ')} (default stats)` },
  },
  async run({ note, print, withDatabase }, given) {
    const name = given.text('name')?.trim() ?? ''
    if (name.length === 0 || name.length > 100) throw new CommandError('--name must say in 1 to 100 characters what the key is for.')
    const scopes = readScopes(given.text('scope') ?? 'stats')
    const made = await withDatabase((database) => createKey({ database }, { name, scopes, user: null }))
    note(`Key ${made.id} for ${scopes.join(', ')}. It is shown this once:`)
    print(made.key)
  },
}

function readScopes(text: string): KeyScope[] {
  const names = new Set(text.split(',').map((name) => name.trim()))
  for (const name of names) {
    if (!KEY_SCOPES.some((scope) => scope === name)) {
      throw new CommandError(`--scope must be a comma list of ${KEY_SCOPES.join(', ')}, not ${JSON.stringify(text)}.`)
    }
  }
  return KEY_SCOPES.filter((scope) => names.has(scope))
}

export const userAdd: Command = {
  summary: 'Adds somebody who may sign in; asks for the password, or reads it from stdin',
  takes: ['EMAIL'],
  options: {
    role: { value: 'ROLE', meaning: `One of ${ROLES.join(', ')} (default admin)` },
    'password-stdin': { meaning: 'Read the password from the first line of stdin, also at a terminal' },
  },
  async run({ input, note, signal, withDatabase }, given) {
    const [email = ''] = given.positionals
    const asked = given.text('role') ?? 'admin'
    const role = ROLES.find((name) => name === asked)
    if (!role) throw new CommandError(`--role must be one of ${ROLES.join(', ')}, not ${JSON.stringify(asked)}.`)
    const fromPipe = given.has('password-stdin') || !input.isTTY
    const password = fromPipe ? await readFirstLine(input) : await askPassword(input, note, signal)
    const user = await withDatabase((database) => addUser({ database }, email, password, role))
    note(`Added ${user.email} as ${role}.`)
  },
}
