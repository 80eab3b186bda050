import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRhythm, DAY, HOUR } from './rhythm.ts'
import { SITES } from './sites.ts'

const SUMMER = Date.UTC(2026, 6, 6)

/** Level by hour of the site's clock, the mean of four weeks. */
function byHour(profile: (typeof SITES)[number], from: number): number[] {
  const rhythm = createRhythm(profile)
  const sums = Array.from({ length: 24 }, () => 0)
  for (let hour = 0; hour < 28 * 24; hour++) {
    const at = from + hour * HOUR + HOUR / 2
    const local = Number(new Intl.DateTimeFormat('en', { timeZone: profile.timezone, hour: 'numeric', hourCycle: 'h23' }).format(at))
    assert.equal(rhythm.localHour(at), local)
    sums[local]! += rhythm.level(at) / 28
  }
  return sums
}

for (const profile of SITES) {
  test(`${profile.domain}: the peak is by day and the low by night, on the clock of ${profile.timezone}`, () => {
    for (const from of [SUMMER, Date.UTC(2026, 10, 2)]) {
      const hours = byHour(profile, from)
      const peak = hours.indexOf(Math.max(...hours))
      const low = hours.indexOf(Math.min(...hours))
      assert.ok(peak >= 9 && peak <= 21, `peak at ${peak}`)
      assert.ok(low >= 1 && low <= 5, `low at ${low}`)
      assert.ok(hours[peak]! > 4 * hours[low]!)
    }
  })

  test(`${profile.domain}: campaigns come back, begin strongest and end`, () => {
    const rhythm = createRhythm(profile)
    for (const campaign of profile.campaigns) {
      const lifts: number[] = []
      for (let day = 0; day < campaign.every; day++) {
        const running = rhythm.campaigns(SUMMER + day * DAY).find((entry) => entry.campaign === campaign)
        if (running) lifts.push(running.lift)
      }
      assert.equal(lifts.length, campaign.days, campaign.name)
      assert.equal(Math.max(...lifts), campaign.lift)
    }
  })
}

test('midnight is the site’s, also at +05:45 and when the clock changes', () => {
  const kathmandu = createRhythm(SITES.find(({ timezone }) => timezone === 'Asia/Kathmandu')!)
  const midnight = Date.UTC(2026, 6, 6, 18, 15)
  assert.equal(kathmandu.localDay(midnight) - kathmandu.localDay(midnight - 1), 1)
  assert.equal(kathmandu.localHour(midnight), 0)
  const berlin = createRhythm(SITES.find(({ timezone }) => timezone === 'Europe/Berlin')!)
  // 25 October 2026 has 25 hours.
  const starts = Date.UTC(2026, 9, 24, 22)
  assert.equal(berlin.localDay(starts + 25 * HOUR) - berlin.localDay(starts), 1)
  assert.equal(berlin.localDay(starts + 25 * HOUR - 1), berlin.localDay(starts))
})
