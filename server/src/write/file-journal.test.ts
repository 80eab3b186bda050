import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { AppError, StartError } from '../errors.ts'
import type { Event } from '../lib/event.ts'
import { openFileJournal, type FileJournalOptions } from './file-journal.ts'
import type { Journal } from './journal.ts'
import { event, keptLog, temporaryDirectory } from './test-support.ts'

let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let kept: ReturnType<typeof keptLog>
beforeEach(async () => {
  directory = await temporaryDirectory()
  kept = keptLog()
})
afterEach(() => directory.remove())

const open = (options: Partial<FileJournalOptions> = {}) =>
  openFileJournal({ directory: directory.path, clock: Date.now, log: kept.log, ...options })
const named = (pathname: string) => event({ pathname })
const pages = (events: Event[]) => events.map((one) => one.pathname)
const segments = async () => (await readdir(directory.path)).filter((name) => name.endsWith('.segment')).toSorted()

/** Takes and releases until nothing is left. */
async function drain(journal: Journal): Promise<string[]> {
  const all = []
  for (let segment = await journal.take(); segment; segment = await journal.take()) {
    all.push(...pages(segment.events))
    await journal.release(segment)
  }
  return all
}

describe('what was appended', () => {
  it('comes back in order, once', async () => {
    const journal = await open()
    await Promise.all(['/1', '/2', '/3'].map((page) => journal.append([named(page)])))
    await journal.append([named('/4'), named('/5')])
    assert.deepEqual(await drain(journal), ['/1', '/2', '/3', '/4', '/5'])
    assert.equal(await journal.take(), null)
    await journal.close()
  })

  it('is the same segment until it is released, though more is appended, also after a restart', async () => {
    const journal = await open()
    await journal.append([named('/1')])
    const first = await journal.take()
    assert.equal(first?.left, false)
    await journal.append([named('/2')])
    assert.deepEqual(await journal.take(), first)
    await journal.close()
    const again = await open()
    await again.append([named('/3')])
    assert.deepEqual(await again.take(), { ...first, left: true })
    assert.deepEqual(await drain(again), ['/1', '/2', '/3'])
    await again.close()
  })

  it('comes from memory while that is little, else from the file, and is the same', async () => {
    const journal = await open({ segmentEvents: 1, keptBytes: 1_000 })
    const events = ['/1', '/2', '/ü'].map((pathname) => event({ pathname, visitorBefore: '7', props: { plan: 'a "b"' } }))
    for (const one of events) await journal.append([one])
    await journal.append([named('/4')])
    const files = await segments()
    // The writer is told what is durable, whatever becomes of the file of a segment that is in memory.
    await writeFile(join(directory.path, files[0]!), '')
    const taken = []
    for (let segment = await journal.take(); segment && taken.length < 3; segment = await journal.take()) {
      taken.push(...segment.events)
      await journal.release(segment)
    }
    assert.deepEqual(taken, events)
    assert.equal(taken[0], events[0], 'the first was not parsed again')
    assert.notEqual(taken[2], events[2], 'the third was beyond the bound')
    await journal.close()
  })

  it('is split into segments of a limited size', async () => {
    const journal = await open({ segmentEvents: 3 })
    for (let index = 0; index < 7; index += 1) await journal.append([named(`/${index}`)])
    const sizes = []
    for (let segment = await journal.take(); segment; segment = await journal.take()) {
      sizes.push(segment.events.length)
      await journal.release(segment)
    }
    assert.deepEqual(sizes, [3, 3, 1])
    await journal.close()
  })
})

it('a disk that cannot be written is said once, not for every event', async () => {
  const clock = { now: 1e12 }
  const journal = await open({ clock: () => clock.now })
  await directory.remove()
  const refusedAppend = () => assert.rejects(journal.append([named('/1')]), { code: 'unavailable' })
  for (let times = 0; times < 5; times += 1) await refusedAppend()
  const said = () => kept.lines.filter(({ level }) => level === 'error').length
  assert.equal(said(), 1)
  clock.now += 60_000
  await refusedAppend()
  assert.equal(said(), 2, 'and again while it lasts')
  await journal.close()
})

describe('numbers', () => {
  it('grow through restarts, with an empty directory and a clock that was set back', async () => {
    const numbers: number[] = []
    let id: string | undefined
    for (const clock of [5_000_000, 4_000_000, 9_000_000, 0]) {
      const journal = await open({ clock: () => clock })
      id ??= journal.id
      assert.equal(journal.id, id)
      for (let index = 0; index < 3; index += 1) {
        await journal.append([named('/')])
        const segment = await journal.take()
        numbers.push(segment!.number)
        await journal.release(segment!)
      }
      await journal.close()
      assert.deepEqual(await segments(), [])
    }
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].toSorted((a, b) => a - b),
    )
  })

  it('and ids differ between two journals', async () => {
    const journal = await open()
    const other = await open({ directory: join(directory.path, 'other') })
    assert.notEqual(journal.id, other.id)
    await Promise.all([journal.close(), other.close()])
  })
})

describe('bounds and failures', () => {
  it('refuses at the limit, says when to come again, and takes events when there is room', async () => {
    const journal = await open({ limit: 2_000 })
    await journal.append([named('/1')])
    const refusal = await journal.append([named(`/${'x'.repeat(2_000)}`)]).catch((error: unknown) => error)
    assert.ok(refusal instanceof AppError)
    assert.deepEqual([refusal.code, refusal.retryAfter], ['unavailable', 5])
    assert.deepEqual(await drain(journal), ['/1'])
    await journal.append([named('/2')])
    assert.deepEqual(await drain(journal), ['/2'])
    assert.equal(journal.depth().bytes, 0)
    await journal.close()
  })

  it('refuses while the disk does, and recovers by itself', async () => {
    const journal = await open({ segmentEvents: 1 })
    await journal.append([named('/1')])
    // Segments cannot be made while the directory is away; what is open stays writable, as on a full disk.
    const away = `${directory.path}.away`
    await journal.append([named('/2')])
    await rename(directory.path, away)
    const results = await Promise.allSettled(['/3', '/4', '/5'].map((page) => journal.append([named(page)])))
    const later = await Promise.allSettled([journal.append([named('/6')]), journal.append([named('/7')])])
    await rename(away, directory.path)
    const refused = [...results, ...later].filter((result) => result.status === 'rejected')
    assert.ok(refused.length > 0)
    assert.ok(refused.every((result) => (result.reason as AppError).code === 'unavailable'))
    await journal.append([named('/8')])
    const accepted = ['/3', '/4', '/5', '/6', '/7'].filter((_, index) => [...results, ...later][index]!.status === 'fulfilled')
    assert.deepEqual(await drain(journal), ['/1', '/2', ...accepted, '/8'])
    await journal.close()
  })

  it('refuses after close', async () => {
    const journal = await open()
    await journal.close()
    await assert.rejects(journal.append([named('/')]), { code: 'unavailable' })
  })
})

describe('damage', () => {
  async function threeSegments() {
    const journal = await open({ segmentEvents: 2 })
    for (let index = 1; index <= 6; index += 1) await journal.append([named(`/${index}`)])
    await journal.close()
    return (await segments()).map((name) => join(directory.path, name))
  }

  it('a torn end of the last segment is cut off', async () => {
    const files = await threeSegments()
    await appendFile(files[2]!, Buffer.from([40, 0, 0, 0, 1, 2, 3, 4, 5]))
    const journal = await open()
    assert.deepEqual(await drain(journal), ['/1', '/2', '/3', '/4', '/5', '/6'])
    assert.deepEqual(
      kept.lines.map(({ level }) => level),
      ['warn'],
    )
    await journal.close()
  })

  it('at every length of the last segment, every whole frame comes back and nothing else', async () => {
    const journal = await open()
    const ends = []
    for (let index = 1; index <= 3; index += 1) {
      await journal.append([named(`/${index}`)])
      ends.push((await stat(join(directory.path, (await segments())[0]!))).size)
    }
    await journal.close()
    const path = join(directory.path, (await segments())[0]!)
    const whole = await readFile(path)
    for (let length = 0; length <= whole.length; length += 7) {
      await writeFile(path, whole.subarray(0, length))
      const again = await open()
      assert.deepEqual(await drain(again), ['/1', '/2', '/3'].slice(0, ends.filter((end) => end <= length).length), `cut at ${length}`)
      await again.close()
    }
  })

  it('in the middle of an older segment keeps what is before, sets the rest aside and goes on', async () => {
    const files = await threeSegments()
    const content = await readFile(files[0]!)
    content[content.length - 2] = 0
    await writeFile(files[0]!, content)
    const journal = await open()
    assert.deepEqual(await drain(journal), ['/1', '/3', '/4', '/5', '/6'])
    assert.deepEqual(
      kept.lines.map(({ level }) => level),
      ['error'],
    )
    assert.ok((await readFile(`${files[0]!}.damaged`)).includes('/2'))
    await journal.close()
  })

  it('a segment of a newer format stops the start', async () => {
    const files = await threeSegments()
    const content = await readFile(files[0]!)
    content[7] = 9
    await writeFile(files[0]!, content)
    await assert.rejects(open(), StartError)
  })
})

/** Runs a script against a journal in a process of its own; answers the pages it says were acknowledged and refused. */
async function inProcess(script: string, options: { limit?: string; killAfter?: number }) {
  const code = `
    import { openFileJournal } from ${JSON.stringify(join(import.meta.dirname, 'file-journal.ts'))}
    import { event, keptLog } from ${JSON.stringify(join(import.meta.dirname, 'test-support.ts'))}
    import { writeSync } from 'node:fs'
    const open = (options) => openFileJournal({ directory: ${JSON.stringify(directory.path)}, clock: Date.now, log: keptLog().log, ...options })
    const append = (journal, page) => journal.append([event({ pathname: page })]).then(() => writeSync(1, 'ack ' + page + '\\n'), (error) => writeSync(1, error.code + ' ' + page + '\\n'))
    ${script}`
  const child = spawn(
    'sh',
    ['-c', `${options.limit ?? ':'}; exec "$0" --input-type=module-typescript --eval "$1"`, process.execPath, code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  if (options.killAfter !== undefined) {
    await once(child.stdout, 'data')
    await setTimeout(options.killAfter)
    child.kill('SIGKILL')
  }
  await once(child, 'close')
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n')
  const saying = (word: string) => lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length + 1))
  return { acknowledged: saying('ack'), refused: saying('unavailable') }
}

describe('kill -9', () => {
  it('loses nothing that was acknowledged', async () => {
    const script = `
      const journal = await open({ segmentEvents: 500 })
      let next = 0
      const visitor = async () => { for (;;) await append(journal, '/' + next++) }
      for (let index = 0; index < 16; index += 1) visitor()`
    for (const killAfter of [30, 90, 200]) {
      const { acknowledged } = await inProcess(script, { killAfter })
      const journal = await open()
      const replayed = await drain(journal)
      await journal.close()
      const found = new Set(replayed)
      assert.ok(acknowledged.length > 16)
      assert.deepEqual(
        acknowledged.filter((page) => !found.has(page)),
        [],
      )
      assert.equal(found.size, replayed.length)
    }
  })
})

describe('a write that the disk takes only in part', () => {
  it('is refused and cut off; what comes after it is safe again', async () => {
    // A limit of 8 kB a file: as on a full disk, write() takes what fits and fails on the next attempt.
    const script = `
      const journal = await open()
      for (let index = 0; index < 60; index += 1) await append(journal, '/' + index)
      await journal.close()`
    const { acknowledged, refused } = await inProcess(script, { limit: 'ulimit -f 16' })
    assert.ok(refused.length > 0 && acknowledged.length > 40)
    assert.equal(refused.length + acknowledged.length, 60)
    const journal = await open()
    assert.deepEqual(await drain(journal), acknowledged)
    assert.deepEqual(kept.lines, [], 'nothing torn was left behind')
    await journal.close()
  })
})
