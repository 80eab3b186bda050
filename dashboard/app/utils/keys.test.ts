import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KEY_SCOPES } from '@footfall/contract/accounts.ts'
import people from '../i18n/en/people.ts'
import { sayer } from '../i18n/say.ts'
import { keyText, scopeKeys } from './keys.ts'

test('the form offers every scope there is', () => assert.deepEqual(scopeKeys, [...KEY_SCOPES]))

const t = sayer(
  'people',
  () => people,
  () => 'en',
)

test('a key says what it may do and when it was used', () => {
  const key = {
    id: 1,
    name: 'Report',
    scopes: ['stats', 'events'],
    prefix: 'ff_abc',
    created_at: '2026-01-01T00:00:00Z',
    last_used_at: null,
  }
  assert.equal(keyText(key, t, 'en-GB'), 'Read statistics, Send events · never used')
  assert.match(
    keyText({ ...key, scopes: ['stats'], last_used_at: '2026-02-03T09:00:00Z' }, t, 'en-GB'),
    /^Read statistics · last used .*3 Feb.* 2026$/,
  )
})
