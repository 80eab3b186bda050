import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAgent } from '../../server/src/collect/agent.ts'
import { CLIENTS, client } from './clients.ts'
import { createRandom } from './random.ts'

test('the collector reads out of every agent what history says about it', () => {
  for (const { agent, browser, browserVersion, os, osVersion, device } of CLIENTS) {
    const expected = { bot: false, browser, browser_version: browserVersion, os, os_version: osVersion, device }
    assert.deepEqual(readAgent(agent), expected, agent)
  }
})

test('browsers come in their shares', () => {
  const random = createRandom(1)
  const counts: Record<string, number> = {}
  for (let draw = 0; draw < 10_000; draw++) {
    const { browser } = client('Mobile', random)
    counts[browser] = (counts[browser] ?? 0) + 1
  }
  assert.ok(Math.abs(counts['Chrome']! / 10_000 - 56 / 98) < 0.02)
  assert.ok(Math.abs(counts['Safari']! / 10_000 - 33 / 98) < 0.02)
  assert.ok(counts['Samsung Browser']! > 400)
})
