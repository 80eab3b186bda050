import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Database } from '../database/schema.ts'

/** One command of `footfall`, as data: parsing, help and checks follow from it. */
export interface Command {
  /** One line for the help. */
  summary: string
  /** Names of what must follow the command, in order. */
  takes: readonly string[]
  options: Readonly<Record<string, Option>>
  /** Does it. What it throws becomes one sentence and exit code 1. */
  run(context: Context, given: Given): Promise<void>
}

export interface Option {
  /** Names what the option takes; without it, it is a switch. */
  value?: string
  meaning: string
  required?: true
}

/** What stood on the command line. */
export interface Given {
  /** As many as the command takes. */
  positionals: string[]
  text(option: string): string | undefined
  has(option: string): boolean
}

/** What a command works with. */
export interface Context {
  config: Config
  environment: Record<string, string | undefined>
  /** The result, on stdout: what a script reads. */
  print(line: string): void
  /** What is said to the person, on stderr. */
  note(line: string): void
  input: NodeJS.ReadStream
  /** Stdout as a stream, for results of any size. */
  output: NodeJS.WriteStream
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal
  /** Runs with the metadata, brought up to date first, and closes it. A server may run beside. */
  withDatabase<Result>(work: (database: Kysely<Database>) => Promise<Result>): Promise<Result>
}

/** The command cannot do what it says, for a reason that one sentence tells. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/**
 * A whole number of an option.
 *
 * @throws CommandError where something else was given
 */
export function wholeNumber(given: Given, option: string, least: number, most: number): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new CommandError(`--${option} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`)
}
