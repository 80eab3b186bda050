import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressList, createAddressReader, readAddress, subscriber } from './address.ts'

test('addresses are read in every spelling', () => {
  const spellings: [string, string][] = [
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7:443 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[2001:DB8::1]:443', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:0db8:0:0::0001', '2001:db8::1'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['fe80::1%eth0', 'fe80::1'],
    ['unknown', ''],
    ['', ''],
    ['1.2.3', ''],
    ['[', ''],
    ['1.2.3.4.5:6', ''],
  ]
  assert.deepEqual(
    spellings.map(([text]) => readAddress(text)),
    spellings.map(([, address]) => address),
  )
})

test('a list holds addresses and ranges, and forgives what is neither', () => {
  const listed = addressList(['203.0.113.7', '10.0.0.0/8', '2001:db8::/32', 'nonsense', '1.2.3.4/99', '1.2.3.4/x'])
  const asked = ['203.0.113.7', '203.0.113.8', '10.9.8.7', '2001:db8:1::2', '2001:db9::1', '1.2.3.4', '']
  assert.deepEqual(asked.filter(listed), ['203.0.113.7', '10.9.8.7', '2001:db8:1::2'])
})

test('only a trusted proxy may name the client, and only its own words count', () => {
  const read = createAddressReader(['10.0.0.0/8', '::1'])
  const address = (socket: string, forwarded?: string) =>
    read(socket, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }).address
  assert.equal(address('198.51.100.1', '203.0.113.7'), '198.51.100.1', 'a client cannot set its own address')
  assert.equal(address('10.0.0.1', '203.0.113.7'), '203.0.113.7')
  assert.equal(address('10.0.0.1', '1.1.1.1, 203.0.113.7'), '203.0.113.7', 'what the client sent along is left of it')
  assert.equal(address('10.0.0.1', '203.0.113.7, 10.0.0.2'), '203.0.113.7', 'a chain of trusted proxies')
  assert.equal(address('10.0.0.1', '203.0.113.7, unknown'), '10.0.0.1')
  assert.equal(address('10.0.0.1', '10.0.0.3, 10.0.0.2'), '10.0.0.3')
  assert.equal(address('10.0.0.1'), '10.0.0.1')
  assert.equal(address('::ffff:10.0.0.1', '203.0.113.7:9'), '203.0.113.7')
  assert.equal(read('198.51.100.1', { 'x-forwarded-for': '10.0.0.1' }).proxied, false)
})

test('the first header that is there decides: X-Forwarded-For, Forwarded, CF-Connecting-IP', () => {
  const read = createAddressReader(['10.0.0.0/8'])
  const address = (headers: Record<string, string>, socket = '10.0.0.1') => read(socket, headers).address
  const cloudflare = { 'cf-connecting-ip': '203.0.113.9' }
  const standard = { forwarded: 'for=1.1.1.1, for="203.0.113.7:4711";proto=https;by=10.0.0.1' }
  assert.equal(address({ 'x-forwarded-for': '203.0.113.6', ...standard, ...cloudflare }), '203.0.113.6')
  assert.equal(address({ ...standard, ...cloudflare }), '203.0.113.7')
  assert.equal(address(cloudflare), '203.0.113.9')
  assert.equal(address({ ...standard, ...cloudflare }, '198.51.100.1'), '198.51.100.1', 'nobody else may say so')
  assert.equal(address({ forwarded: 'proto=https;For="[2001:DB8::1]:80"' }), '2001:db8::1')
  assert.equal(address({ forwarded: 'for=203.0.113.7, for=10.0.0.2' }), '203.0.113.7')
  for (const hidden of ['for=_hidden', 'for=unknown', 'proto=https', '"', ','])
    assert.equal(address({ forwarded: hidden }), '10.0.0.1', hidden)
  assert.equal(address({ forwarded: 'for="1.1.1.1, for=203.0.113.7' }), '203.0.113.7', 'an open quote does not hide the proxy')
  assert.equal(address({ 'cf-connecting-ip': '203.0.113.7, 203.0.113.8' }), '10.0.0.1', 'two of them are none')
})

test('an IPv6 subscriber is a /64, however it is spelled', () => {
  assert.equal(subscriber('203.0.113.7'), '203.0.113.7')
  for (const spelling of ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:0db8:0000:0::9', '2001:db8::8:7:6:5']) {
    assert.equal(subscriber(readAddress(spelling)), '2001:db8:0:0::/64')
  }
  assert.equal(subscriber('::1'), '0:0:0:0::/64')
  assert.notEqual(subscriber('2001:db8:0:1::1'), subscriber('2001:db8::1'))
})
