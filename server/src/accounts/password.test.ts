import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../errors.ts'
import { hashPassword, verifyPassword } from './password.ts'

test('a password fits its own hash only, in either form of its accents', async () => {
  const hash = await hashPassword('blåbær søvn')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.equal(await verifyPassword('blåbær søvn', hash), true)
  assert.equal(await verifyPassword('blåbær søvn'.normalize('NFD'), hash), true)
  assert.equal(await verifyPassword('blåbær søvn ', hash), false)
  assert.notEqual(await hashPassword('blåbær søvn'), hash)
})

test('hashes of other costs and lengths are read', async () => {
  const { argon2Sync } = await import('node:crypto')
  const hash = argon2Sync('argon2id', {
    message: 'password',
    nonce: Buffer.from('somesalt'),
    parallelism: 4,
    tagLength: 24,
    memory: 8192,
    passes: 3,
  })
  const phc = `$argon2id$v=19$m=8192,t=3,p=4$c29tZXNhbHQ$${hash.toString('base64').replace(/=+$/, '')}`
  assert.equal(await verifyPassword('password', phc), true)
  assert.equal(await verifyPassword('passwore', phc), false)
})

test('no account: false, after the same work', async () => {
  const hash = await hashPassword('correct horse')
  // Processor time of all threads: the clock also runs while others have the processor.
  const work = async (stored: string | null) => {
    const start = process.cpuUsage()
    assert.equal(await verifyPassword('wrong horse', stored), false)
    return process.cpuUsage(start).user
  }
  const [known, unknown] = [await work(hash), await work(null)]
  assert.ok(unknown > known / 4, `${unknown} µs against ${known} µs`)
})

test('a hash in another form is an error, not a wrong password', async () => {
  await assert.rejects(verifyPassword('x', '$2b$10$abcdefghijklmnopqrstuv'), /not argon2id/)
})

test('a crowd is asked to come again instead of queueing without end', async () => {
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => verifyPassword('x', null)))
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 10)
  assert.ok(refused.every(({ reason }) => reason instanceof AppError && reason.code === 'unavailable' && reason.retryAfter === 3))
  assert.equal(await verifyPassword('x', null), false)
})
