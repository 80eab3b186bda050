import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { onEveryDatabase } from '../database/testing.ts'
import { openDatabase } from '../database/open.ts'
import { migrate } from '../database/migrate.ts'
import { keptLog } from '../write/test-support.ts'
import { createClaims } from './claims.ts'
import { startJobs } from './schedule.ts'

const at = (time: string) => new Date(`2026-06-17T${time}Z`)

onEveryDatabase((kind) => {
  test('a job that is due is claimed by one of many processes, each time', async (t) => {
    const place = await kind.place(t)
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(place)))
    t.after(() => Promise.all(databases.map((database) => database.destroy())))
    await migrate(databases[0]!, null)
    const claims = databases.map(createClaims)
    // Timers fire late, and in any order; the first time there is no row yet.
    for (const seconds of [
      ['12:05:00', '12:05:02.5', '12:05:59'],
      ['12:10:01', '12:10:00', '12:10:00'],
      ['13:00:00', '13:00:00', '12:59:59'],
    ]) {
      const got = await Promise.all(claims.map((claim, process) => claim('sum up', at(seconds[process]!))))
      assert.ok(got.filter(Boolean).length >= 1, String(seconds))
      assert.ok(got.filter(Boolean).length <= (seconds.includes('12:59:59') ? 2 : 1), String(seconds))
      assert.deepEqual(await Promise.all(claims.map((claim) => claim('sum up', at(seconds[0]!)))), [false, false, false])
    }
    assert.equal(await claims[2]!('another', at('12:05:00')), true)
  })
})

test('a job runs where it was claimed, one for the memory of a process in all', { timeout: 60_000 }, async () => {
  const ran: string[] = []
  const every = '* * * * * *'
  const start = (process: string, claimed: boolean) =>
    startJobs(
      [
        { name: 'shared', when: every, run: () => ran.push(`${process} shared`) },
        { name: 'own', when: every, run: () => ran.push(`${process} own`), everywhere: true },
      ],
      keptLog().log,
      async () => claimed,
    )
  const processes = [start('one', true), start('two', false)]
  while (new Set(ran).size < 3) await pause(20)
  for (const process of processes) process.stop()
  assert.deepEqual([...new Set(ran)].toSorted(), ['one own', 'one shared', 'two own'])
})
