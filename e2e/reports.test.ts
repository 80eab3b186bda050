import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunnelResult } from '@footfall/contract/funnels.ts'
import type { JourneysResult } from '@footfall/contract/journeys.ts'
import type { Realtime } from '@footfall/contract/realtime.ts'
import type { RetentionResult } from '@footfall/contract/retention.ts'
import type { VisitsResult } from '@footfall/contract/visits.ts'
import type { Locator, Page } from 'playwright-core'
import { freshMysqlDatabase, startMariaDb } from '../server/test/servers/mysql.ts'
import { launchChromium } from '../tracker/test/browser.ts'
import { ADMIN, startProcess, temporary, type Process } from './footfall.ts'
import { becomes, newPage } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'reports.example'
const RANGE = { site_id: SITE, date_range: '28d' }
const DAY = 86_400_000

/**
 * Twelve visitors with lasting names, of the last twenty days: all see `/` and `/pricing`, every second signs up, every fourth buys; every third
 * comes again a week later.
 */
function history(now: number): string {
  const lines: object[] = []
  for (let visitor = 0; visitor < 12; visitor++) {
    const first = Math.floor(now / DAY) * DAY - (20 - visitor) * DAY + 9 * 3_600_000
    const at = (seconds: number, pathname: string, name = 'pageview') =>
      lines.push({
        timestamp: new Date(first + seconds * 1000).toISOString(),
        visitor: `v${visitor}`,
        pathname,
        name,
        country: visitor % 2 === 0 ? 'DE' : 'FR',
        browser: 'Firefox',
        device: 'Desktop',
        source: 'Newsletter',
      })
    at(0, '/')
    at(20, '/pricing')
    if (visitor % 2 === 0) at(40, '/pricing', 'Signup')
    if (visitor % 4 === 0) at(60, '/thanks', 'Purchase')
    if (visitor % 3 === 0) at(7 * 86_400, '/docs')
  }
  return lines.map((line) => JSON.stringify(line)).join('\n')
}

interface Stage {
  footfall: Process
  page: Page
  ask<Answer>(path: string, body?: object): Promise<Answer>
  problems: string[]
}

async function begin(t: { after(done: () => unknown): void }, environment: Record<string, string> = {}): Promise<Stage> {
  const footfall = await startProcess(await temporary(t), environment)
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('site', 'add', SITE, '--timezone', 'Etc/UTC')
  const key = await footfall.command('key', 'create', '--name', 'e2e', '--scope', 'stats,sites,import')
  const ask = async <Answer>(path: string, body?: object | string): Promise<Answer> => {
    const response = await fetch(footfall.url + path, {
      ...(body && { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { authorization: `Bearer ${key}`, 'content-type': typeof body === 'string' ? 'application/x-ndjson' : 'application/json' },
    })
    const answer = (await response.json()) as Answer
    assert.equal(response.status, 200, JSON.stringify(answer))
    return answer
  }
  await ask(`/api/v1/sites/${SITE}/import`, history(Date.now()))

  const browser = await launchChromium()
  t.after(() => browser.close())
  const problems: string[] = []
  const page = await newPage(browser, { viewport: { width: 1280, height: 1000 } }, problems)
  await signIn(page, footfall)
  return { footfall, page, ask, problems }
}

/** The words of a table's body, row by row. */
const rowsOf = async (table: Locator): Promise<string[][]> => {
  await table.locator('tbody tr').first().waitFor()
  return table.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent!.trim())))
}

/** A page view that somebody's browser sends. */
const visit = (footfall: Process, path: string, from = '203.0.113.7') =>
  fetch(`${footfall.url}/api/event`, {
    method: 'POST',
    headers: {
      'content-type': 'text/plain',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      'x-forwarded-for': from,
    },
    body: JSON.stringify({ n: 'pageview', u: `https://${SITE}${path}`, d: SITE }),
  })

async function realtime({ footfall, page, ask }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/realtime`)
  await page.getByText('Nobody has been here in the last 30 minutes').waitFor()
  assert.equal((await visit(footfall, '/now')).status, 202)
  // It arrives by itself, in the picture, the list and the feed.
  await page.getByRole('region', { name: 'As it happens' }).getByText('/now').waitFor()
  assert.equal((await visit(footfall, '/later', '203.0.113.8')).status, 202)
  await page.getByRole('region', { name: 'Pages' }).getByText('/later').waitFor()
  const seen = await ask<Realtime>(`/api/v1/stats/realtime?site_id=${SITE}`)
  const expected = seen.pages.map(({ page: path, visitors }) => [path, String(visitors)])
  await becomes(() => rowsOf(page.getByRole('region', { name: 'Pages' }).locator('table')), expected)
  const minutes = page.getByRole('region', { name: 'Visitors by minute' })
  await becomes(async () => parseInt(await minutes.innerText(), 10), seen.visitors)
  await becomes(async () => (await rowsOf(minutes.locator('table'))).length, seen.minutes.length)
  // The map comes once it is in sight; a country leads to its visitors of today.
  const most = seen.countries[0]!
  await page.getByRole('region', { name: 'Map' }).scrollIntoViewIfNeeded()
  const map = page.getByRole('group', { name: 'Map' })
  await map.getByRole('row').nth(1).waitFor({ state: 'attached' })
  // A pointer above the map would choose for itself.
  await page.mouse.move(0, 0)
  await map.focus()
  await page.keyboard.press('ArrowRight')
  await map
    .locator('figcaption')
    .filter({ hasText: new RegExp(`: ${most.visitors}$`) })
    .waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`period=today&f=is,visit:country,${most.country}`))
}

async function funnels({ footfall, page, ask }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/funnels?period=28d`)
  await page.getByRole('button', { name: 'Build a funnel' }).click()
  // A page that people visit, a page with a wildcard, an event: none of them is a goal before.
  const step = (n: number) => page.getByLabel(new RegExp(`^Step ${n}: `))
  await step(1).click()
  await page.getByRole('option', { name: '/pricing' }).click()
  await step(2).click()
  await page.getByPlaceholder('Type /blog/** or Signup').fill('Signup')
  await page.getByRole('option', { name: 'Event Signup' }).click()
  await page.getByRole('button', { name: 'Add a step' }).click()
  await step(3).click()
  await page.getByPlaceholder('Type /blog/** or Signup').fill('/than*')
  await page.getByRole('option', { name: 'Page /than*' }).click()
  const steps = ['Visit /pricing', 'Signup', 'Visit /than*']
  await page.getByRole('columnheader', { name: 'Left before this step' }).waitFor()
  await step(3).getByText('Visit /than*').waitFor()

  await page.getByLabel('Name of the funnel').fill('Prices to thanks')
  await page.getByRole('button', { name: 'Save funnel' }).click()
  await page.waitForURL(/funnel=\d+/)
  const result = page.getByRole('region', { name: 'Prices to thanks' })
  const expected = await ask<FunnelResult>('/api/v2/funnel', { ...RANGE, steps, dimension: 'visit:country' })
  const percent = (rate: number) => `${Math.round(rate * 10) / 10}%`
  await becomes(
    async () => (await rowsOf(result.getByRole('table'))).map((row) => row.slice(0, 3)),
    expected.steps.map(({ label, visitors, conversion_rate }, at) => [`${at + 1}. ${label}`, String(visitors), percent(conversion_rate)]),
  )

  // Broken down, in the address, and still there for who opens the link.
  await result.getByRole('combobox').click()
  await page.getByRole('option', { name: 'Country' }).click()
  await page.waitForURL(/by=visit:country/)
  await page.reload()
  await becomes(
    async () => (await rowsOf(result.getByRole('table').last())).map((row) => row.slice(1)),
    expected.by_dimension!.map(({ entering_visitors, steps: each }) => [
      String(entering_visitors),
      String(each.at(-1)!.visitors),
      percent(each.at(-1)!.conversion_rate),
    ]),
  )
}

async function retention({ footfall, page, ask }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/retention?period=28d&show=count`)
  const expected = await ask<RetentionResult>('/api/v2/retention', { ...RANGE, period: 'week' })
  const from = expected.cohorts.findIndex(({ visitors }) => visitors > 0)
  await becomes(
    async () => (await rowsOf(page.getByRole('table'))).slice(1).map((row) => row.slice(1)),
    expected.cohorts.slice(from).map(({ returned }) => returned.map(String)),
  )
  assert.ok(
    expected.cohorts.some(({ returned }) => (returned[1] ?? 0) > 0),
    'somebody came back, so that there is something to compare',
  )
  await page.getByRole('button', { name: 'Day', exact: true }).click()
  await page.waitForURL(/every=day/)
  await page.getByText('Came back so many days later').waitFor()
}

async function journeys({ footfall, page, ask }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/journeys`)
  const picture = page.getByRole('group', { name: 'Flow of visits' })
  const question = { ...RANGE, steps: 3, limit: 30 }
  const all = await ask<JourneysResult>('/api/v2/journeys', { ...question, direction: 'next' })
  await page.getByText(`${all.meta.visits} visits`, { exact: true }).waitFor()
  for (const node of all.nodes.filter(({ step }) => step < 2).slice(0, 4)) {
    await picture.getByTitle(`${node.page}\n${node.visits} visit`).first().waitFor()
  }
  const paths = page.getByRole('region', { name: 'Most frequent journeys' }).locator('table')
  await becomes(
    async () => (await rowsOf(paths)).map(([, visits]) => Number(visits)),
    all.paths.slice(0, 15).map(({ visits }) => visits),
  )

  await picture.getByRole('button', { name: /^1 page later: \/pricing/ }).click()
  await page.waitForURL(/page=\/pricing/)
  await page.getByRole('button', { name: 'Up to here' }).click()
  const before = await ask<JourneysResult>('/api/v2/journeys', { ...question, page: '/pricing', direction: 'previous' })
  await page.getByText(`${before.meta.visits} visits`, { exact: true }).waitFor()
  const led = before.nodes.find(({ step }) => step === 1)!
  await picture.getByRole('button', { name: `1 page before: ${led.page}\n${led.visits} visits` }).waitFor()
  await page.goBack()
  await page.goBack()
  await page.getByText(`${all.meta.visits} visits`, { exact: true }).waitFor()
}

async function visits({ footfall, page, ask }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/visits`)
  const list = page.getByRole('region', { name: 'Visits, the newest first' })
  const links = list.getByRole('link')
  const expected = await ask<VisitsResult>('/api/v2/sessions', { ...RANGE, pagination: { limit: 50 } })
  await becomes(() => links.count(), expected.visits.length)

  // The visit with the most to tell: its events in their order.
  const most = Math.max(...expected.visits.map(({ events }) => events))
  const bought = expected.visits.findIndex(({ events }) => events === most)
  assert.equal(most, 4, 'two page views, a sign-up and a purchase')
  const chosen = expected.visits[bought]!
  await links.nth(bought).click()
  const timeline = page.getByRole('region', { name: 'What happened' })
  await timeline.getByRole('heading').waitFor()
  const told = await ask<{ events: { name: string; page: string }[] }>(`/api/v2/sessions/${chosen.id}?site_id=${SITE}`)
  await becomes(
    () => timeline.locator('li bdi').allInnerTexts(),
    told.events.map(({ name, page: path }) => (name === 'pageview' ? path : name)),
  )

  await timeline.getByRole('button', { name: chosen.country === 'DE' ? 'Germany' : 'France' }).click()
  const filters = [['is', 'visit:country', [chosen.country]]]
  const filtered = await ask<VisitsResult>('/api/v2/sessions', { ...RANGE, filters, pagination: { limit: 50 } })
  assert.ok(filtered.visits.length < expected.visits.length)
  await becomes(() => links.count(), filtered.visits.length)
  await timeline.getByRole('button', { name: 'Close this visit' }).click()
  await timeline.waitFor({ state: 'detached' })
}

/** No page is wider than a phone, in a language that is written from the left or from the right. */
async function onAPhone({ footfall, page }: Stage): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const language of ['de', 'ar']) {
    await page.evaluate((chosen) => localStorage.setItem('footfall-language', chosen), language)
    for (const path of ['realtime', 'funnels', 'retention', 'journeys', 'visits']) {
      await page.goto(`${footfall.url}/sites/${SITE}/${path}`)
      await page.locator('nav [aria-current=page]').waitFor()
      await page.locator('main [aria-busy]').first().waitFor({ state: 'detached' })
      const wider = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(wider, 0, `${path} in ${language}`)
    }
  }
}

const JOURNEYS = { realtime, funnels, retention, journeys, visits, onAPhone }

test('the reports of a site show what the API counts', async (t) => {
  const stage = await begin(t)
  for (const [name, journey] of Object.entries(JOURNEYS)) await t.test(name, () => journey(stage))
  assert.deepEqual(stage.problems, [] as string[])
})

test('the reports of a site show what the API counts, with MySQL', async (t) => {
  const server = await startMariaDb()
  const database = await freshMysqlDatabase(server.url)
  t.after(() => database.stop().then(server.stop))
  const stage = await begin(t, { DATABASE_URL: database.url })
  for (const [name, journey] of Object.entries(JOURNEYS)) if (name !== 'onAPhone') await t.test(name, () => journey(stage))
  assert.deepEqual(stage.problems, [] as string[])
})

test('the realtime page says when its connection is gone, and goes on when the server is back', async (t) => {
  const directory = await temporary(t)
  const footfall = await startProcess(directory)
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('site', 'add', SITE)
  const browser = await launchChromium()
  t.after(() => browser.close())
  const page = await newPage(browser)
  await signIn(page, footfall, ADMIN, `/login?to=/sites/${SITE}/realtime`)
  await page.getByText('Nobody has been here').waitFor()

  await footfall.end('SIGTERM')
  await page
    .getByRole('alert')
    .getByText(/The connection broke off/)
    .waitFor()
  const again = await startProcess(directory, { PORT: new URL(footfall.url).port })
  t.after(() => again.end('SIGTERM'))
  assert.equal((await visit(again, '/back')).status, 202)
  const back = page.getByRole('region', { name: 'As it happens' }).getByText('/back').waitFor()
  // It tries by itself too, and may have been quicker: then there is no such button any more.
  await Promise.any([back, page.getByRole('button', { name: 'Try now' }).click()])
  await back
  await page.getByRole('alert').waitFor({ state: 'detached' })
})
