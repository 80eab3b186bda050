import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRevenue } from './revenue.ts'

test('amounts are decimal text with three decimals at most, currencies real ones', () => {
  const amount = (amount: unknown, currency: unknown = 'EUR') => readRevenue({ amount, currency })?.amount ?? null
  assert.deepEqual(
    ['10.00', 10, 10.2, ' 7 ', '-3.5', '+4', '1.23456', '5.', 0].map((value) => amount(value)),
    ['10.00', '10', '10.2', '7', '-3.5', '4', '1.234', '5', '0'],
  )
  for (const bad of ['', '1e5', 1e21, 1e-7, '12,50', '1831d', null, {}, true, NaN, '9'.repeat(16), '0x10'])
    assert.equal(amount(bad), null, JSON.stringify(bad))
  for (const bad of ['', 'ADSIE', 'ZZZ', 978, null]) assert.equal(amount('1', bad), null, String(bad))
  assert.deepEqual(readRevenue('{"amount":"1","currency":"usd"}'), { amount: '1', currency: 'USD' })
  for (const bad of [undefined, null, 'x', '7', [], 7]) assert.equal(readRevenue(bad), null)
})
