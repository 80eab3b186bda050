import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from './command.ts'

/** The first line of a pipe, without its line end; never more than a password could be. */
export async function readFirstLine(input: NodeJS.ReadStream): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += String(chunk)
    if (text.includes('\n') || text.length > 10_000) break
  }
  return text.split(/\r?\n/, 1)[0]!
}

/** Asks twice at a terminal, without showing what is typed. */
export async function askPassword(input: NodeJS.ReadStream, note: (line: string) => void, signal: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: nowhere, terminal: true })
  try {
    note('Password (at least 8 characters, not shown):')
    const first = await lines.question('', { signal })
    note('Once more:')
    if ((await lines.question('', { signal })) !== first) throw new CommandError('The two passwords are not the same; nothing was changed.')
    return first
  } finally {
    lines.close()
  }
}
