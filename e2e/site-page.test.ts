import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium, newVisitor } from '../tracker/test/browser.ts'
import { PATIENCE, startProcess, temporary, until, type Process } from './footfall.ts'
import { becomes, escape, newPage, shortcut } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'lanternpost.example'
const number = (text: string) => Number(text.replaceAll(/\D/g, ''))

interface Answer {
  results: { metrics: number[]; comparison?: { metrics: number[]; change: (number | null)[] } }[]
}
type Ask = (question: object) => Promise<Answer['results'][number]>

/** Signs in, so that the page stands in a browser as its owner sees it, and gives the API's answers to compare with. */
async function begin(t: { after(done: () => unknown): void }, footfall: Process): Promise<{ page: Page; ask: Ask; problems: string[] }> {
  const key = await footfall.command('key', 'create', '--name', 'e2e', '--scope', 'stats')
  const browser = await launchChromium()
  t.after(() => browser.close())
  const problems: string[] = []
  const page = await newPage(browser, {}, problems)
  await signIn(page, footfall)
  return {
    page,
    problems,
    async ask(question) {
      const response = await fetch(`${footfall.url}/api/v2/query`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ site_id: SITE, metrics: ['visitors'], date_range: '28d', ...question }),
      })
      const body = (await response.json()) as Answer
      assert.equal(response.status, 200, JSON.stringify(body))
      return body.results[0]!
    },
  }
}

/** The number of visitors at the top, once the page shows what was asked last. */
async function visitors(page: Page, expected: number): Promise<void> {
  const shown = page
    .getByRole('group', { name: 'Draw in the graph' })
    .getByRole('button', { name: /^Visitors/ })
    .locator('[title]')
    .first()
  await becomes(async () => number((await shown.getAttribute('title')) ?? ''), expected)
}

/** The line of the graph, once it is drawn. */
async function drawn(page: Page): Promise<ReturnType<Page['getByRole']>> {
  const graph = page.getByRole('group', { name: /over time/ })
  await graph.locator('[data-line=before][d^=M]').waitFor({ state: 'attached' })
  return graph
}

test('numbers and line are compared, filtered by hand, kept as a segment and zoomed, as the API counts them', async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('seed', '--days', '60')
  const { page, ask, problems } = await begin(t, footfall)
  await page.goto(`${footfall.url}/sites/${SITE}`)

  await t.test('compared with the period before, the year before, or nothing', async () => {
    const before = await ask({ include: { comparisons: { mode: 'previous_period' } } })
    await visitors(page, before.metrics[0]!)
    const change = page.getByTitle('Against the previous period').first()
    await becomes(async () => number(await change.innerText()), Math.abs(before.comparison!.change[0]!))
    const graph = await drawn(page)
    await graph.focus()
    await page.keyboard.press('End')
    // Said to screen readers: the last day, and the day it is compared with.
    await graph
      .locator('figcaption')
      .filter({ hasText: /\d{4}: [\d,]+\. .*\d{4}: [\d,]+/ })
      .waitFor({ state: 'attached' })

    await page.getByRole('button', { name: /^Compared with/ }).click()
    await page.getByRole('button', { name: 'No comparison' }).click()
    await page.waitForURL(/compare=off/)
    await change.waitFor({ state: 'detached' })
    await becomes(() => graph.locator('[data-line=before]').getAttribute('d'), '')
    await page.goto(`${footfall.url}/sites/${SITE}`)
  })

  await t.test('a filter by hand: values are found by their name, and one of two filters can be enough', async () => {
    await page.getByRole('button', { name: 'Add a filter' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a filter' })
    await dialog.getByLabel('What').click()
    await page.getByRole('option', { name: 'Country' }).click()
    await page.getByRole('listbox').waitFor({ state: 'detached' })
    const values = dialog.getByRole('combobox', { name: 'Values' })
    await values.click()
    await values.pressSequentially('germ')
    await page.getByRole('option', { name: 'Germany' }).click()
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await page.waitForURL(/f=is,visit:country,DE/)
    const germany = ['is', 'visit:country', ['DE']]
    await visitors(page, (await ask({ filters: [germany] })).metrics[0]!)

    await page.getByRole('region', { name: 'Devices' }).getByRole('button', { name: 'Firefox' }).click()
    const firefox = ['is', 'visit:browser', ['Firefox']]
    await visitors(page, (await ask({ filters: [germany, firefox] })).metrics[0]!)
    await page.getByText('Browser version').first().waitFor()
    await page.getByRole('button', { name: 'All filters must match' }).click()
    const either = (await ask({ filters: [['or', [germany, firefox]]] })).metrics[0]!
    await visitors(page, either)

    await page.getByRole('button', { name: 'Save as segment' }).click()
    await page.getByLabel('Name of the segment').fill('Either')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Either').waitFor()
    await page.waitForURL(/f=is,segment,\d+/)
    await visitors(page, either)
  })

  await t.test('a segment is renamed, and deleted it filters no more', async () => {
    await page.getByRole('button', { name: 'Segments' }).click()
    await page.getByRole('button', { name: 'Rename: Either' }).click()
    const list = page.getByRole('group', { name: 'Segments' })
    await list.getByLabel('Name of the segment').fill('Both')
    await list.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Both').waitFor()
    await list.getByRole('button', { name: 'Delete: Both' }).click()
    await list.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.waitForURL((url) => !url.search.includes('segment'))
    await visitors(page, (await ask({})).metrics[0]!)
    await escape(page, page.getByRole('dialog'))
  })

  await t.test('a note on a day is written, read at its mark, changed and taken away', async () => {
    await page.getByRole('button', { name: 'Add a note' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What happened').fill('Released version 2')
    await dialog.getByRole('button', { name: 'Save' }).click()
    // Else the one that is closing would be a second one beside the next.
    await dialog.waitFor({ state: 'detached' })
    const mark = page.getByRole('button', { name: /^Note on .*: Released version 2$/ })
    await mark.click()
    await dialog.getByLabel('What happened').fill('Released version 3')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    const changed = page.getByRole('button', { name: /Released version 3$/ })
    await changed.focus()
    await page.getByText('Released version 3', { exact: true }).waitFor()
    await changed.click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await dialog.getByText('Delete it for good?').waitFor()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await changed.waitFor({ state: 'detached' })
    await dialog.waitFor({ state: 'detached' })
  })

  await t.test('the map of the world has the numbers of the list, and a country opens its regions', async () => {
    const panel = page.getByRole('region', { name: 'Locations' })
    await panel.getByRole('button', { name: 'Map' }).click()
    const map = panel.getByRole('group', { name: /^Visitors by country/ })
    const most = await ask({ dimensions: ['visit:country'] })
    await map.getByRole('row').nth(1).waitFor({ state: 'attached' })
    // A pointer above the map would choose for itself.
    await page.mouse.move(0, 0)
    await map.focus()
    await page.keyboard.press('ArrowRight')
    await becomes(async () => number(await map.locator('figcaption').innerText()), most.metrics[0]!)
    await page.keyboard.press('Enter')
    await page.waitForURL(/f=is,visit:country,[A-Z]{2}.*locations.regions/)
    await page.goBack()
  })

  await t.test('the values of a custom property have the numbers of the API, and filter', async () => {
    const panel = page.getByRole('region', { name: 'Properties' })
    const choice = panel.getByLabel('Property')
    const second = (await choice.locator('option').nth(1).getAttribute('value'))!
    await choice.selectOption(second)
    await page.waitForURL(/properties\./)
    const carried = ['is_not', `event:props:${second}`, ['(none)']]
    const most = await ask({ dimensions: [`event:props:${second}`], filters: [carried] })
    const row = panel.getByRole('row').nth(1)
    await becomes(async () => number((await row.getByRole('cell').nth(1).getAttribute('title')) ?? ''), most.metrics[0]!)
    const value = await row.getByRole('button').innerText()
    await row.getByRole('button').click()
    await visitors(page, (await ask({ filters: [['is', `event:props:${second}`, [value]]] })).metrics[0]!)
    await page.getByRole('button', { name: 'Add a filter' }).click()
    await page.getByRole('dialog').getByLabel('What').click()
    await page.getByRole('option', { name: second, exact: true }).waitFor()
    await page.goto(`${footfall.url}/sites/${SITE}`)
  })

  await t.test('a stretch that is drawn over the graph is shown larger, and the way back', async () => {
    await visitors(page, (await ask({})).metrics[0]!)
    const graph = await drawn(page)
    await graph.scrollIntoViewIfNeeded()
    const box = (await graph.boundingBox())!
    await page.mouse.move(box.x + box.width * 0.4, box.y + 100)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 100, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(/zoom=/)
    const [from, to] = new URL(page.url()).searchParams.get('zoom')!.split('..')
    assert.ok(from! < to!)
    await visitors(page, (await ask({ date_range: [from, to] })).metrics[0]!)
    await graph.focus()
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.searchParams.has('zoom'))
    await visitors(page, (await ask({})).metrics[0]!)
  })

  await t.test('shortcuts: a sheet lists them, and fields keep their keys', async () => {
    await page.goto(`${footfall.url}/sites/${SITE}`)
    await visitors(page, (await ask({})).metrics[0]!)
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.getByText('Last 7 days').waitFor()
    // Nothing happens behind an open dialog.
    await page.keyboard.press('w')
    await escape(page, sheet)
    assert.doesNotMatch(page.url(), /period/)

    await shortcut(page, ['n'], /period=91d/)
    await visitors(page, (await ask({ date_range: '91d' })).metrics[0]!)
    await page.keyboard.press('j')
    await page.waitForURL(/period=custom/)
    await page.keyboard.press('x')
    await page.waitForURL(/compare=off/)
    await page.keyboard.press('/')
    const dialog = page.getByRole('dialog', { name: 'Add a filter' })
    await dialog.getByRole('combobox', { name: 'Values' }).pressSequentially('/d')
    await escape(page, dialog)
    assert.match(page.url(), /period=custom/)

    await shortcut(page, ['g', 'j'], /journeys\?period=custom/)
    await shortcut(page, ['g', 'o'], /example\?period=custom/)
    await page.getByRole('group', { name: /over time/ }).waitFor()
    await page.keyboard.press('s')
    await page.getByRole('option', { name: 'himaltea.example' }).waitFor()
    await escape(page, page.getByRole('listbox'))
    await page.goto(`${footfall.url}/sites/${SITE}?f=is,visit:country,DE&period=7d`)
    await page.getByRole('list', { name: 'Filters' }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.searchParams.has('f'))
  })

  await t.test('without a network what was seen stays, anything else can be tried again, and comes by itself afterwards', async () => {
    await page.goto(`${footfall.url}/sites/${SITE}`)
    const month = (await ask({})).metrics[0]!
    await visitors(page, month)
    await page.context().setOffline(true)
    await page
      .getByRole('status')
      .getByText(/You are offline/)
      .waitFor()
    await page.keyboard.press('a')
    const overview = page.getByRole('region', { name: 'Overview' })
    await overview.getByRole('button', { name: 'Try again' }).waitFor()
    await page.goBack()
    await visitors(page, month)
    await overview.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' })
    await page.goForward()
    await overview.getByRole('button', { name: 'Try again' }).waitFor()
    await page.context().setOffline(false)
    await page.getByText(/You are offline/).waitFor({ state: 'detached' })
    await visitors(page, (await ask({ date_range: 'all' })).metrics[0]!)
    await overview.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' })
  })

  await t.test('web vitals that the tracker measures are rated', async () => {
    const key = await footfall.command('key', 'create', '--name', 'vitals', '--scope', 'sites')
    const changed = await fetch(`${footfall.url}/api/v1/sites/${SITE}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tracker: { webVitals: true } }),
    })
    assert.equal(changed.status, 200, await changed.text())
    const measured = { n: 'web-vitals', i: false, p: { LCP: 1240, FCP: 2000, TTFB: 2500 }, u: `https://${SITE}/`, d: SITE }
    // Of a browser of its own: what somebody drives is not counted.
    const visitor = await newVisitor(page.context().browser()!)
    const sent = await visitor.request.post(`${footfall.url}/api/event`, { data: measured })
    assert.equal(sent.status(), 202)
    const { answer } = await until(
      PATIENCE,
      async () => (await ask({ metrics: ['lcp_p75', 'fcp_p75', 'ttfb_p75'], date_range: 'day' })).metrics,
      ([lcp]) => lcp === 1240,
    )
    assert.deepEqual(answer, [1240, 2000, 2500])
    await page.goto(`${footfall.url}/sites/${SITE}?period=today`)
    const panel = page.getByRole('region', { name: 'Web vitals' })
    for (const text of [
      /LCP\s*1\.2\S*\s*s\s*Good/,
      /FCP\s*2\S*\s*s\s*Could be better/,
      /TTFB\s*2\.5\S*\s*s\s*Poor/,
      /INP\s*–\s*Not measured/,
    ])
      await panel.getByText(text).waitFor()
  })

  await t.test('regions are named, in the list and as a filter', async () => {
    const key = await footfall.command('key', 'create', '--name', 'import', '--scope', 'import')
    // Of yesterday: the range that the page begins with ends there.
    const timestamp = new Date(Date.now() - 86_400_000).toISOString()
    const imported = await fetch(`${footfall.url}/api/v1/sites/${SITE}/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: ['DE-BE', 'US-NY', 'DE-QQ']
        .map((region) => JSON.stringify({ timestamp, visitor: region, pathname: '/', country: region.slice(0, 2), region }))
        .join('\n'),
    })
    assert.equal(imported.status, 200)
    await page.goto(`${footfall.url}/sites/${SITE}?tab=locations.regions`)
    const panel = page.getByRole('region', { name: 'Locations' })
    await panel.getByRole('button', { name: 'New York, United States' }).waitFor()
    await panel.getByRole('button', { name: 'Germany, QQ' }).waitFor()
    await panel.getByRole('button', { name: 'Berlin, Germany' }).click()
    await page.waitForURL(/f=is,visit:region,DE-BE/)
    await visitors(page, 1)
    await page.reload()
    await page.getByRole('list', { name: 'Filters' }).getByText('Berlin, Germany').waitFor()
  })
  assert.deepEqual(problems, [])
})
