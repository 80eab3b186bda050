import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Script } from 'node:vm'
import type { TrackerOptions } from '@footfall/contract/sites.ts'
import { tailorTracker, TRACKER_PLACES, type TrackerManifest } from '@footfall/contract/tracker.ts'
import { buildAll, buildCore, buildParts } from '../build.ts'

let directory: string
let parts: Record<string, string>
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'footfall-build-'))
  parts = await buildParts()
})
after(() => rm(directory, { recursive: true }))

const tailor = (options: TrackerOptions) => tailorTracker((name) => parts[name]!, options, { domain: 'example.com', endpoint: 'api/event' })

test('every script is within its budget, and every file listed with the hash of its content', async () => {
  const sizes = await buildAll(directory)
  assert.ok(sizes.base!.gzip <= 1200 && sizes.everything!.gzip <= 2250 && sizes.generic!.gzip <= 2250)
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as TrackerManifest
  assert.deepEqual(Object.keys(manifest).toSorted(), Object.keys(parts).toSorted())
  assert.equal((await readdir(directory)).length, Object.keys(parts).length + 1)
  for (const { file, hash } of Object.values(manifest)) {
    const code = await readFile(join(directory, file))
    assert.equal(createHash('sha256').update(code).digest('hex').slice(0, hash.length), hash)
  }
})

test('over the budget there is no build', async () => {
  await assert.rejects(buildAll(directory, { base: 100, everything: 2250 }), /tracker base: expected at most 100 bytes gzipped, got \d+/)
  await assert.rejects(buildAll(directory, { base: 1200, everything: 100 }), /expected at most 100 bytes gzipped/)
})

test('a site pays only for what it uses', () => {
  const marks = {
    outboundLinks: /Outbound Link/,
    fileDownloads: /\|xlsx\|/,
    formSubmissions: /Form: Submission/,
    taggedElements: /data-event/,
    webVitals: /PerformanceObserver/,
    hash: /location\.hash\b/,
    pageTitles: /document\.title/,
  }
  for (const [option, mark] of Object.entries(marks)) {
    assert.match(tailor({ [option]: true }), mark)
    assert.doesNotMatch(tailor({ [option]: false }), mark)
  }
  assert.match(tailor({ exclude: ['/x'] }), /\("\^\(\?!\(\/x\)\/\?\$\)"\)/)
  assert.match(tailor({ beforeSend: 'mine' }), /\("mine"\)/)
  assert.doesNotMatch(tailor({ exclude: [], include: [] }), /RegExp|pathname,hash/)
  assert.doesNotMatch(tailor({ localhost: true }), /localhost\$/)
  assert.doesNotMatch(tailor({ manual: true }), /pushState/)
  assert.equal(tailor({ exclude: [], webVitals: false }), tailor({}))
})

test('every set of options is a script, with every place filled', () => {
  const switches = [
    'hash',
    'localhost',
    'manual',
    'pageTitles',
    'taggedElements',
    'outboundLinks',
    'fileDownloads',
    'formSubmissions',
    'webVitals',
  ]
  for (let bits = 0; bits < 2 ** (switches.length + 2); bits++) {
    const options = Object.fromEntries(switches.map((name, bit) => [name, (bits >> bit) % 2 === 1]))
    const code = tailor({ ...options, ...(bits & 512 ? { exclude: ['/a?"\\*'] } : {}), ...(bits & 1024 ? { beforeSend: '$1' } : {}) })
    assert.doesNotThrow(() => new Script(code), JSON.stringify(options))
    assert.doesNotMatch(code, /@[A-Z]+@/)
  }
})

test('nothing of it stands outside its block', async () => {
  for (const code of [parts.base!, parts.generic!, tailor({ webVitals: true, taggedElements: true, beforeSend: 'x' })]) {
    assert.match(code, /^try\{let\b[\s\S]*\}catch\{\}$/)
    assert.doesNotMatch(code, /\bvar\b|\bconst\b|\beval\b|new Function/)
  }
  const places = await buildCore({ extras: true, filter: true })
  for (const place of Object.values(TRACKER_PLACES)) assert.ok(places.includes(JSON.stringify(place)))
})
