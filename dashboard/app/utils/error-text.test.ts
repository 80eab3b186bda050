import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from './api.ts'
import { errorText } from './error-text.ts'

test('failures that people meet while they look around have words in their language, others those of the server', () => {
  assert.equal(errorText(new ApiError(0, 'offline', 'x')), 'errorOffline')
  assert.equal(errorText(new ApiError(503, 'query_too_expensive', 'x')), 'errorTooMuch')
  assert.equal(errorText(new ApiError(400, 'invalid_query', 'The site has no goal "x"')), null)
  assert.equal(errorText(new ApiError(409, 'conflict', 'There is a site x already.')), null)
  for (const [code, text] of [
    ['forbidden', 'errorForbidden'],
    ['too_large', 'errorTooLarge'],
    ['internal', 'errorOther'],
  ] as const)
    assert.equal(errorText(new ApiError(500, code, 'x')), text)
  assert.equal(errorText(new Error('x')), 'errorUnread')
})
