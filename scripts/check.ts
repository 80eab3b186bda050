import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { BIN, ROOT } from './paths.mjs'

interface Step {
  what: string
  command: string
  args: string[]
  /** Arguments that mend instead of only telling. */
  fix?: string[]
  cwd?: string
}

const STEPS: Step[] = [
  { what: 'format', command: 'oxfmt', args: ['--check'], fix: [] },
  { what: 'types', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { what: 'types of the tracker', command: 'tsc', args: ['-p', 'tracker/tsconfig.json'] },
  { what: 'types of the dashboard', command: 'node', args: [join(ROOT, 'node_modules/nuxt/bin/nuxt.mjs'), 'typecheck', 'dashboard'] },
  // After the types of the dashboard, which make the configuration that its files are read with.
  { what: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'], fix: ['--type-aware', '--fix'] },
  { what: 'generated files', command: 'node', args: ['scripts/generate.ts', '--check'], fix: ['scripts/generate.ts'] },
]

/** `npm run check` tells; `npm run fix` mends what can be mended. */
export function main(args: string[]): number {
  const fixing = args.includes('--fix')
  const env = { ...process.env, PATH: `${BIN}:${process.env['PATH']}`, NUXT_TELEMETRY_DISABLED: '1' }
  const failed = STEPS.filter((step) => !fixing || step.fix).filter((step) => {
    const started = Date.now()
    const { status } = spawnSync(join(BIN, step.command), (fixing && step.fix) || step.args, { cwd: ROOT, stdio: 'inherit', env })
    console.log(`${status === 0 ? '✓' : '✗'} ${step.what} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    return status !== 0
  })
  if (failed.length > 0) console.error(`Not in order: ${failed.map((step) => step.what).join(', ')}.`)
  return failed.length === 0 ? 0 : 1
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
