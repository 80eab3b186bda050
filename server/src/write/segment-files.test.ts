import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { constants } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { createSegment } from './segment-files.ts'

// Nothing else would notice: without a power cut, what was only written looks like what is on disk.
it('on Linux, the file of a segment is open for writes that end on the disk', { skip: process.platform !== 'linux' }, async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'footfall-segment-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const { file } = await createSegment(directory, 1)
  t.after(() => file.close())
  const info = await readFile(`/proc/self/fdinfo/${file.fd}`, 'utf8')
  const flags = Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(info)![1]!, 8)
  assert.equal(flags & constants.O_DSYNC, constants.O_DSYNC)
})
