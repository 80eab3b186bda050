import { Writable } from 'node:stream'
import { styleText } from 'node:util'
import { pino, type Logger } from 'pino'

const COLOURS = {
  20: ['gray', 'debug'],
  30: ['green', 'info '],
  40: ['yellow', 'warn '],
  50: ['red', 'error'],
  60: ['red', 'fatal'],
} as const

/**
 * One logger for the process: JSON lines for machines, short coloured ones where a person looks at the terminal.
 * Secrets never reach it: requests are logged without headers, query strings and bodies, since those may hold keys,
 * addresses of visitors and what they looked at.
 */
export function createLogger(level: string, output: NodeJS.WriteStream = process.stdout): Logger {
  const options = {
    level,
    base: null,
    serializers: {
      req: (request: { method?: string; url?: string }) => ({ method: request.method, path: request.url?.split('?')[0] }),
      res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
    },
  }
  return output.isTTY ? pino(options, forPeople(output)) : pino(options, output)
}

/** `12:30:01 info  message name=value`; an error's stack below it. */
function forPeople(output: NodeJS.WritableStream): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const { level, time, msg, err, ...rest } = JSON.parse(chunk.toString()) as {
        level: keyof typeof COLOURS
        time: number
        msg?: string
        err?: { stack?: string }
      }
      const [colour, name] = COLOURS[level] ?? COLOURS[20]
      const details = Object.entries(rest).map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      const clock = new Date(time).toTimeString().slice(0, 8)
      output.write(
        `${styleText('gray', clock)} ${styleText(colour, name)} ${msg ?? ''}${styleText('gray', details.join(''))}\n${err?.stack ? `${err.stack}\n` : ''}`,
        () => done(),
      )
    },
  })
}
