#!/usr/bin/env node
// `npx footfall …`. Plain JavaScript for any Node: the one that runs this may be older than what Footfall brings along.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NODE_LEAST = 24
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const cli = path('../src/cli.ts')
const own = path('../../node_modules/.bin/node')
const args = process.argv.slice(2)

if (!existsSync(path('../../node_modules/kysely')) && !existsSync(path('../node_modules/kysely'))) {
  console.error('Footfall is not installed yet. Run npm start (or npm ci) in its folder first.')
  process.exitCode = 1
} else if (Number.parseInt(process.versions.node, 10) >= NODE_LEAST) {
  const { main } = await import(cli)
  process.exitCode = await main(args)
} else if (existsSync(own)) {
  // Ctrl-C reaches the child by itself; SIGTERM comes to us alone.
  const child = spawn(own, [cli, ...args], { stdio: 'inherit' })
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => (process.exitCode = code ?? 1))
} else {
  console.error(
    `Footfall needs Node ${NODE_LEAST} or newer; this is ${process.versions.node}, and the one that comes with it is not installed. Run npm ci.`,
  )
  process.exitCode = 1
}
