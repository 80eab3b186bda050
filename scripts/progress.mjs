import { spawn } from 'node:child_process'

/**
 * Runs a long command behind one line that keeps moving, so that nobody wonders whether it hangs.
 * Its output is kept and shown only when it fails. Throws an error whose message is meant to be read.
 */
export function withProgress(what, command, args, options) {
  const started = Date.now()
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const terminal = process.stderr.isTTY
  const line = (text, end) => process.stderr.write(terminal ? `\r\x1b[K${text}${end ? '\n' : ''}` : `${text}\n`)
  line(`${what} …`, false)
  const timer = setInterval(() => line(`${what} … ${seconds()} s`, false), terminal ? 1000 : 10_000)
  return new Promise((resolve, reject) => {
    const output = []
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    const end = (failure) => {
      clearInterval(timer)
      if (!failure) {
        line(`${what}: done in ${seconds()} s`, true)
        return resolve()
      }
      line(`${what}: failed after ${seconds()} s`, true)
      const error = new Error(`${Buffer.concat(output).toString().trim()}\n\n${failure}`)
      error.expected = true
      reject(error)
    }
    child.on('error', (error) => end(`${command} cannot be started: ${error.message}`))
    child.on('exit', (code) => end(code === 0 ? '' : `"${[command, ...args].join(' ')}" ended with code ${code}.`))
  })
}
