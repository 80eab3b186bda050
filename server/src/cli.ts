import { env } from 'node:process'
import { parseArgs } from 'node:util'
import { CommandError, type Command, type Context, type Given } from './cli/command.ts'
import { COMMANDS, help } from './cli/commands.ts'
import { loadConfig } from './config.ts'
import { openMetadata } from './database/open.ts'
import { AppError, StartError } from './errors.ts'
import { nearest } from './lib/nearest.ts'

/** The arguments do not form a command; the help of `command`, where it was recognised, follows the sentence. */
class UsageError extends Error {
  readonly command: string | undefined
  constructor(message: string, command?: string) {
    super(message)
    this.command = command
  }
}

/**
 * Runs one command of `footfall`.
 *
 * @param args what follows `footfall`
 * @returns exit code: 0 only when the command did what it says
 */
export async function main(args: readonly string[]): Promise<number> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const note = (line: string) => void process.stderr.write(`${line}\n`)
  const stop = new AbortController()
  const abort = () => stop.abort(new CommandError('Stopped.'))
  process.on('SIGINT', abort).on('SIGTERM', abort)
  try {
    if (args.length === 0 || args[0] === 'help' || args[0] === '--help' || args[0] === '-h') {
      print(help())
      return args.length === 0 ? 1 : 0
    }
    const [name, command, rest] = find(args)
    const given = read(name, command, rest)
    if (given.has('help')) {
      print(help(name))
      return 0
    }
    await command.run(createContext(print, note, stop.signal), given)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    note(sentence(error))
    if (error instanceof UsageError) note(`\n${help(error.command)}`)
    return 1
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort)
  }
}

function createContext(print: Context['print'], note: Context['note'], signal: AbortSignal): Context {
  const config = loadConfig(env, process.cwd())
  return {
    config,
    environment: env,
    print,
    note,
    input: process.stdin,
    output: process.stdout,
    signal,
    async withDatabase(work) {
      const { database } = await openMetadata(config)
      try {
        return await work(database)
      } finally {
        await database.destroy()
      }
    },
  }
}

/** The command that the first one or two words name. */
function find(args: readonly string[]): [string, Command, readonly string[]] {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    const command = args.length >= words && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (command) return [name, command, args.slice(words)]
  }
  const words = args.filter((word) => !word.startsWith('-')).slice(0, 2)
  const near = nearest(words.join(' '), Object.keys(COMMANDS)) ?? nearest(words[0] ?? '', Object.keys(COMMANDS))
  throw new UsageError(`There is no command ${JSON.stringify(words.join(' '))}${near ? `; did you mean "${near}"?` : '.'}`)
}

function read(name: string, command: Command, args: readonly string[]): Given {
  const kinds = Object.entries(command.options).map(([option, { value }]) => [option, { type: value ? 'string' : 'boolean' }] as const)
  const options = { ...Object.fromEntries(kinds), help: { type: 'boolean', short: 'h' } } as const
  let parsed
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    // Node adds advice about "--" after the first sentence.
    throw new UsageError(`${(error as Error).message.split('. ')[0]!.replace(/\.$/, '')}.`, name)
  }
  const { positionals } = parsed
  const values = parsed.values as Record<string, string | boolean | undefined>
  const { takes } = command
  if (!values.help && positionals.length !== takes.length) {
    const extra = positionals.slice(takes.length).map((word) => JSON.stringify(word))
    const problem = extra.length > 0 ? `does not take ${extra.join(' ')}` : `needs ${takes.slice(positionals.length).join(' ')}`
    throw new UsageError(`"footfall ${name}" ${problem}.`, name)
  }
  for (const [option, { required, value }] of Object.entries(command.options)) {
    if (required && !values.help && !values[option]) throw new UsageError(`"footfall ${name}" needs --${option} ${value}.`, name)
  }
  return {
    positionals,
    text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
    has: (option) => values[option] === true,
  }
}

/** What is expected to happen is told in its sentence; what is not, with its stack. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const expected = [UsageError, CommandError, StartError, AppError].some((kind) => error instanceof kind)
  return expected ? error.message : (error.stack ?? error.message)
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
