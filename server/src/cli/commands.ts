import { keyCreate, userAdd } from './accounts.ts'
import { backup, restore } from './backup.ts'
import type { Command } from './command.ts'
import { copy } from './copy.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { exportEvents } from './export.ts'
import { importNative } from './import.ts'
import { migrate, start } from './maintenance.ts'
import { rollup } from './rollup.ts'
import { siteAdd, siteList } from './sites.ts'
import { seed, simulate } from './traffic.ts'

/** Every command, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  'site add': siteAdd,
  'site list': siteList,
  'key create': keyCreate,
  'user add': userAdd,
  'import native': importNative,
  export: exportEvents,
  copy,
  backup,
  restore,
  migrate,
  rollup,
  doctor,
  seed,
  simulate,
  demo,
}

/** How a command is written: `site add DOMAIN [--timezone TZ]`. */
export function usage(name: string, { takes, options }: Command): string {
  const written = Object.entries(options).map(([option, { value, required }]) => {
    const text = `--${option}${value ? ` ${value}` : ''}`
    return required ? text : `[${text}]`
  })
  return [name, ...takes, ...written].join(' ')
}

/** The help of one command, or of all. */
export function help(name?: string): string {
  const command = name === undefined ? undefined : COMMANDS[name]
  if (name === undefined || !command) {
    const lines = Object.entries(COMMANDS).map(([each, command]) => `  ${usage(each, command)}\n      ${command.summary}`)
    return `Usage: footfall COMMAND\n\n${lines.join('\n')}\n\nSettings come from the environment and .env, as for the server. footfall COMMAND --help says more.`
  }
  const options = Object.entries(command.options).map(
    ([option, { value, meaning }]) => `  --${option}${value ? ` ${value}` : ''}\n      ${meaning}`,
  )
  return [`Usage: footfall ${usage(name, command)}`, '', command.summary, ...(options.length > 0 ? ['', ...options] : [])].join('\n')
}
