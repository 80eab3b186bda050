import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPeople } from './person.ts'
import { createRandom } from './random.ts'
import { createRhythm, DAY } from './rhythm.ts'
import { SITES } from './sites.ts'
import { createVisits, type Visit } from './visit.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

function* someVisits(profile: (typeof SITES)[number], count: number): Generator<Visit> {
  const visit = createVisits(profile, createRhythm(profile))
  const people = createPeople(profile)
  for (let index = 0; index < count; index++) {
    yield visit(NOW - (index % 60) * DAY, people(1, index), index % 3 === 0, createRandom(1, index))
  }
}

for (const profile of SITES) {
  const pages = new Set(Object.values(profile.sections).flatMap((section) => Object.keys(section.pages)))
  const actions = new Set(Object.values(profile.sections).flatMap((section) => section.actions?.map(({ name }) => name) ?? []))

  test(`${profile.domain}: a visit is a path through the pages, in order of time`, () => {
    for (const { events } of someVisits(profile, 3000)) {
      assert.equal(events[0]!.name, 'pageview')
      assert.equal(events[0]!.offset, 0)
      let page = ''
      let last = 0
      for (const event of events) {
        assert.ok(event.offset >= last, 'in order')
        assert.ok(event.offset - last < 30 * 60_000, 'no gap that would end the visit')
        last = event.offset
        assert.ok(pages.has(event.pathname), event.pathname)
        if (event.name === 'pageview') page = event.pathname
        assert.equal(event.pathname, page, 'everything happens on the page that was opened last')
        if (event.name === 'engagement') {
          assert.ok(event.engagement! > 0 && event.engagement! <= 20 * 60_000)
          assert.ok(event.scroll! >= 0 && event.scroll! <= 100)
        } else if (event.name !== 'pageview') assert.ok(actions.has(event.name), event.name)
        if (event.revenue) assert.match(event.revenue.amount, /^\d+\.\d\d$/)
      }
    }
  })

  test(`${profile.domain}: people, bounces and goals come in believable shares`, () => {
    const visits = [...someVisits(profile, 8000)]
    const share = (met: (visit: Visit) => boolean) => visits.filter(met).length / visits.length
    const total = Object.values(profile.devices).reduce((sum, weight) => sum + weight, 0)
    for (const [device, weight] of Object.entries(profile.devices)) {
      assert.ok(Math.abs(share(({ person }) => person.client.device === device) - weight / total) < 0.02, device)
    }
    const bounced = share(({ events }) => events.filter(({ name }) => name === 'pageview').length === 1)
    assert.ok(bounced > 0.25 && bounced < 0.7, `bounce rate ${bounced}`)
    const views = visits.reduce((sum, { events }) => sum + events.filter(({ name }) => name === 'pageview').length, 0) / visits.length
    assert.ok(views > 1.4 && views < 5, `views per visit ${views}`)
    for (const goal of profile.goals) {
      if (goal.goal_type !== 'event') continue
      const converted = share(({ events }) => events.some(({ name }) => name === goal.event_name))
      assert.ok(converted > 0.0005 && converted < 0.2, `${goal.event_name}: ${converted}`)
    }
    const direct = share(({ referrer, utm }) => referrer === '' && Object.keys(utm).length === 0)
    assert.ok(direct > 0.2 && direct < 0.5, `direct ${direct}`)
  })
}

test('a section that is not there is named', () => {
  const [profile] = SITES
  const broken = { ...profile!, landing: { nowhere: 1 } }
  const visits = () => createVisits(broken, createRhythm(broken))(NOW, createPeople(broken)(1), false, createRandom(1))
  assert.throws(visits, /expected a section of the site, got "nowhere"/)
})
