import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exactBytes, trackerForm, trackerOptions } from './tracker-options.ts'

test('a form that nobody touched asks for what the site has', () => {
  for (const options of [{}, { hash: true, webVitals: true, include: ['/shop/**', '/'], beforeSend: 'sift' }])
    assert.deepEqual(trackerOptions(trackerForm(options), options), options)
})

test('what is off is left out, also where the site says so in words', () => {
  assert.deepEqual(trackerOptions(trackerForm({ hash: false, manual: true })), { manual: true })
})

test('lists take a line each, with the slash that people leave out; blank fields are no options', () => {
  const form = { ...trackerForm({}), exclude: ' admin/**\n\n/admin/**, *.pdf ', include: '\n', beforeSend: '  ' }
  assert.deepEqual(trackerOptions(form), { exclude: ['/admin/**', '*.pdf'] })
})

test('an option that the form does not know stays as it is', () => {
  const options = { later: 'x' } as object
  assert.deepEqual(trackerOptions(trackerForm(options), options), options)
})

test('bytes are written out', () => {
  assert.equal(exactBytes(1183, 'en'), '1,183 bytes')
  assert.equal(exactBytes(1, 'de'), '1\u00A0Byte')
})
