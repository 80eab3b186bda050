import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildPackage } from '../build-package.ts'
import { pathOf, useSite } from './site.ts'

const site = useSite()
const run = promisify(execFile)
let directory: string
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'footfall-package-'))
  await buildPackage(directory)
  await writeFile(join(directory, 'package.json'), '{ "type": "module" }')
})
after(() => rm(directory, { recursive: true }))

/** A program that uses the package, as its bundler would put it on a page. */
async function bundled(program: string): Promise<string> {
  const stdin = { contents: `import * as footfall from './index.js'\n${program}`, resolveDir: directory }
  return (await build({ stdin, bundle: true, write: false, format: 'iife', minify: true })).outputFiles[0]!.text
}

/** A page that loads this program instead of the site's script. */
async function visit(path: string, program: string) {
  const endpoint = `${site.collector.base}/api/event`
  site.collector.scripts.set('/app.js', await bundled(program.replaceAll('ENDPOINT', JSON.stringify(endpoint))))
  return site.visit(path, { script: '/app.js' })
}

test('a program counts page views and events, also those before init', async () => {
  const page = await visit(
    '/a',
    `footfall.track('Early', { props: { a: 1 } })
     footfall.init({ endpoint: ENDPOINT, domain: 'site.test', outboundLinks: true, beforeSend: (event) => event.n !== 'Stop' && event, exclude: ['/b'] })
     footfall.init({ endpoint: ENDPOINT, domain: 'again.test' })
     footfall.track('Stop')
     footfall.track('Late')`,
  )
  await page.evaluate('history.pushState({}, "", "/b")')
  await page.evaluate('history.pushState({}, "", "/c")')
  await page.evaluate('document.addEventListener("click", (event) => event.preventDefault())')
  await page.click('#out')
  // The ping of the page that was left comes too, if it was looked at.
  const events = await site.collector.until(5, ({ body }) => body.n !== 'engagement')
  // The first three leave within a millisecond, each by a connection of its own: any may arrive first.
  assert.deepEqual(events.map(({ body }) => [pathOf(body), body.n, body.d, body.p]).toSorted(), [
    ['/a', 'Early', 'site.test', { a: 1 }],
    ['/a', 'Late', 'site.test', undefined],
    ['/a', 'pageview', 'site.test', undefined],
    ['/c', 'Outbound Link: Click', 'site.test', { url: 'http://other.test/x?y=1' }],
    ['/c', 'pageview', 'site.test', undefined],
  ])
})

test('without any option nothing but page views is listened to, and web vitals come on demand', async () => {
  const page = await visit('/a', `footfall.init({ endpoint: ENDPOINT, webVitals: true, manual: true })`)
  await page.click('#in')
  await page.waitForURL('**/in')
  const [vitals] = await site.collector.until(1)
  assert.deepEqual([vitals!.body.n, pathOf(vitals!.body), vitals!.body.d], ['web-vitals', '/a', undefined])
})

test('an import does nothing, and outside of a browser nothing else does either', async () => {
  const program = `
    const before = Object.keys(globalThis).join()
    const { init, track } = await import(${JSON.stringify(join(directory, 'index.js'))})
    init({ endpoint: 'https://stats.example/api/event' })
    track('Signup')
    if (Object.keys(globalThis).join() !== before) throw new Error('left something behind')`
  await run(process.execPath, ['--input-type=module', '-e', program])
  assert.match(await bundled('footfall.init({})'), /fetch/)
  assert.doesNotMatch(await bundled(''), /fetch/, 'a bundler leaves out what is not used')
})

test('its types hold a program to what init and track take', async () => {
  const good = `import { init, track, type Payload } from './index.js'
    init({ endpoint: 'https://stats.example/api/event', include: ['/**'], beforeSend: (event: Payload) => ({ ...event, u: 'x' }) })
    track('Signup', { props: { plan: 'pro', seats: 3 }, revenue: { amount: 9.9, currency: 'EUR' }, callback: (outcome) => { outcome satisfies object | undefined } })`
  const wrong = `import { init, track } from './index.js'
    // @ts-expect-error: there is no such option
    init({ endpoint: '/x', cookies: true })
    // @ts-expect-error: where to?
    init({})
    // @ts-expect-error: not a name
    track(404)`
  await writeFile(join(directory, 'program.ts'), `${good}\n${wrong.replace(/^import.*$/m, '')}`)
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--lib', 'esnext,dom']
  const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc')
  await run(process.execPath, [tsc, ...options, join(directory, 'program.ts')], { cwd: directory }).catch((error: { stdout: string }) =>
    assert.fail(error.stdout),
  )
})

test('package.json names what the build writes', async () => {
  const { exports, files } = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    exports: { '.': { types: string; default: string } }
    files: string[]
  }
  assert.deepEqual(exports['.'], { types: `./${files[0]}/index.d.ts`, default: `./${files[0]}/index.js` })
})
