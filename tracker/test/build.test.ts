import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { TRACKER_PLACES, type TrackerManifest } from '@footfall/contract/tracker.ts'
import { buildAll, buildTracker } from '../build.ts'

let directory: string
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'footfall-build-'))
})
after(() => rm(directory, { recursive: true }))

test('every set of options is built within its budget, and listed with the hash of its content', async () => {
  const sizes = await buildAll(directory)
  assert.ok(sizes.base!.gzip <= 1200)
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as TrackerManifest
  assert.equal(Object.keys(manifest).length, 65)
  assert.deepEqual(Object.keys(manifest).toSorted(), Object.keys(sizes).toSorted())
  assert.equal((await readdir(directory)).length, 66)
  for (const { file, hash } of Object.values(manifest)) {
    const code = await readFile(join(directory, file))
    assert.equal(createHash('sha256').update(code).digest('hex').slice(0, hash.length), hash)
  }
})

test('over the budget there is no build', async () => {
  await assert.rejects(buildAll(directory, { base: 100, everything: 2200 }), /tracker base: expected at most 100 bytes gzipped, got \d+/)
  await assert.rejects(buildAll(directory, { base: 1200, everything: 100 }), /expected at most 100 bytes gzipped/)
})

test('a site pays only for what it uses', async () => {
  const marks = { outboundLinks: /Outbound Link/, fileDownloads: /\|pptx\?\|/, formSubmissions: /Form: Submission/, hash: /hashchange/ }
  for (const [option, mark] of Object.entries(marks)) {
    assert.match(await buildTracker({ [option]: true }), mark)
    assert.doesNotMatch(await buildTracker({ [option]: false }), mark)
  }
  assert.doesNotMatch(await buildTracker({ localhost: true }), /localhost\$/)
  assert.doesNotMatch(await buildTracker({ manual: true }), /pushState/)
})

test('nothing of it stands outside its block, and both places are there', async () => {
  for (const code of [await buildTracker({}), await buildTracker('generic')]) {
    assert.match(code, /^try\{let\b[\s\S]*\}catch\{\}$/)
    assert.doesNotMatch(code, /\bvar\b|\bconst\b|\beval\b|new Function/)
    assert.ok(code.includes(JSON.stringify(TRACKER_PLACES.endpoint)))
  }
  assert.ok((await buildTracker({})).includes(JSON.stringify(TRACKER_PLACES.domain)))
})
