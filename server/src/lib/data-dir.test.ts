import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { prepareDataDir } from './data-dir.ts'

test('the data directory is made with its parents, for its owner alone, and taken as it is where it exists', () => {
  const root = mkdtempSync(join(tmpdir(), 'footfall-'))
  try {
    const directory = join(root, 'a', 'b')
    prepareDataDir(directory)
    prepareDataDir(directory)
    assert.equal(statSync(directory).mode & 0o777, 0o700)
  } finally {
    rmSync(root, { recursive: true })
  }
})

test('a place that takes no folder is one sentence, a file in the way and /proc too', () => {
  const root = mkdtempSync(join(tmpdir(), 'footfall-'))
  try {
    writeFileSync(join(root, 'file'), '')
    for (const directory of [
      join(root, 'file'),
      join(root, 'file/data'),
      ...(process.platform === 'linux' ? ['/proc/footfall', '/proc/a/b'] : []),
    ])
      assert.throws(() => prepareDataDir(directory), {
        name: 'StartError',
        message: /^DATA_DIR is .*, which cannot be written \(E[A-Z]+\); choose another or change its owner\.$/,
      })
  } finally {
    rmSync(root, { recursive: true })
  }
})
