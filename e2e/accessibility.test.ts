import assert from 'node:assert/strict'
import { test } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { launchChromium } from '../tracker/test/browser.ts'
import { startProcess, temporary } from './footfall.ts'
import { becomes, escape, newPage } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'northwind.example'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
type Context = { after(done: () => unknown): void }
/** A page, and what is opened on it before it is looked at. */
type Look = { path: string; open?: (page: Page) => Promise<unknown> }

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const dialog = (name: string | RegExp) => async (page: Page) => {
  await button(name)(page)
  await page.getByRole('dialog').waitFor()
}

const site = `/sites/${SITE}`
const LOOKS: Record<string, Look> = {
  'list of sites': { path: '/sites' },
  'new site': { path: '/sites/new' },
  site: { path: site },
  'keyboard shortcuts': {
    path: site,
    async open(page) {
      await page.keyboard.press('?')
      await page.getByRole('dialog').getByText('Last 7 days').waitFor()
    },
  },
  'list of sites, open': {
    path: site,
    async open(page) {
      await button(/^Site: /)(page)
      await page.getByRole('option', { name: 'himaltea.example' }).waitFor()
    },
  },
  'details of a list': { path: site, open: dialog(/^Details of/) },
  'form of a filter': { path: site, open: dialog('Add a filter') },
  'choice of a range': { path: site, open: button(/^Last 28 days/) },
  calendar: {
    path: site,
    async open(page) {
      await button(/^Last 28 days/)(page)
      await button('Custom range')(page)
      await page.getByRole('application').or(page.getByRole('grid')).first().waitFor()
    },
  },
  map: {
    path: site,
    async open(page) {
      await page.getByRole('region', { name: 'Locations' }).getByRole('button', { name: 'Map' }).click()
      await page.getByRole('group', { name: /^Visitors by country/ }).waitFor()
    },
  },
  'filters in force': { path: `${site}?f=is,visit:country,DE&f=is,visit:browser,Firefox` },
  'nothing found': { path: `${site}?f=is,event:page,/nowhere` },
  realtime: { path: `${site}/realtime` },
  funnels: { path: `${site}/funnels` },
  'a funnel': { path: `${site}/funnels?step=Visit pricing&step=Signup` },
  retention: { path: `${site}/retention` },
  journeys: { path: `${site}/journeys` },
  visits: { path: `${site}/visits` },
  'one visit': {
    path: `${site}/visits`,
    async open(page) {
      await page.locator('main ul > li > button, main ol > li > button, main li a').first().click()
      await page.waitForURL(/visit=/)
    },
  },
  'not counted': { path: `${site}/not-counted` },
  'settings of a site': { path: `${site}/settings` },
  keys: { path: '/settings/keys' },
  account: { path: '/settings/account' },
  users: { path: '/settings/users' },
  system: { path: '/settings/system' },
}

/** Waits until a page shows what it has to show. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
}

// These run in the page, as text: this project is checked without the types of browsers.
/** Marks what Tab has to reach; answers how many. */
const MARK_USABLE = `(() => {
  const all = document.querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]')
  const inTurn = [...all].filter((each) => each.tabIndex >= 0 && each.checkVisibility())
  for (const each of inTurn) each.dataset.unreached = ''
  return inTurn.length
})()`
/** Takes the mark from what has the focus; answers it where nobody could see that it has. */
const ARRIVE = `(() => {
  const at = document.activeElement
  if (at === document.body) return null
  delete at.dataset.unreached
  const { outlineStyle, boxShadow } = getComputedStyle(at)
  return outlineStyle === 'none' && boxShadow === 'none' ? at.outerHTML.slice(0, 160) : null
})()`
/** What takes longer than a hundredth of a second to change. */
const MOVING = `[...document.querySelectorAll('*')]
  .filter((each) => getComputedStyle(each).transitionDuration.split(',').some((time) => parseFloat(time) > 0.01))
  .map((each) => each.outerHTML.slice(0, 120))`

/** What axe finds, a line for each kind, with the first elements that it means. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] }
  // An open list of a field stands at the end of the document, outside of all landmarks; the field names it as its own.
  const lists = { exclude: '[data-reka-popper-content-wrapper]:has([role=listbox])' }
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(lists)}, ${JSON.stringify(options)})`)
  return found.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 4).map(({ html, any }) => `${html.slice(0, 240)} ${any[0]?.message ?? ''}`)
    return `${id}: ${help} (${nodes.length})\n    ${where.join('\n    ')}`
  })
}

async function begin(t: Context, environment: Record<string, string> = {}) {
  const footfall = await startProcess(await temporary(t), environment)
  t.after(() => footfall.end('SIGTERM'))
  const browser = await launchChromium()
  t.after(() => browser.close())
  const open = (colorScheme: 'light' | 'dark' = 'light') => newPage(browser, { colorScheme, reducedMotion: 'reduce' })
  return { footfall, open }
}

test('no page breaks a rule of axe, light or dark', async (t) => {
  const { footfall, open } = await begin(t)
  await footfall.command('seed', '--days', '30')
  const key = await footfall.command('key', 'create', '--name', 'axe', '--scope', 'sites')
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  await fetch(`${footfall.url}/api/v1/sites/${SITE}`, { method: 'PUT', headers, body: JSON.stringify({ public: true }) })
  for (const theme of ['light', 'dark'] as const) {
    const guest = await open(theme)
    for (const path of [
      '/login',
      `/share/${SITE}`,
      `/share/${SITE}/realtime`,
      `/share/${SITE}/funnels`,
      `/share/${SITE}?embed=true&theme=${theme}&background=${theme === 'dark' ? '111' : 'fff'}`,
    ])
      await t.test(`${path}, ${theme}`, async () => {
        await guest.goto(footfall.url + path)
        await settled(guest)
        assert.deepEqual(await violations(guest), [])
      })
    const page = await open(theme)
    await signIn(page, footfall)
    for (const [name, look] of Object.entries(LOOKS))
      await t.test(`${name}, ${theme}`, async () => {
        await page.goto(footfall.url + look.path)
        await settled(page)
        await look.open?.(page)
        await settled(page)
        assert.deepEqual(await violations(page), [])
      })
  }
})

test('neither does the first page of a new installation', async (t) => {
  const { footfall, open } = await begin(t, { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
  for (const theme of ['light', 'dark'] as const) {
    const page = await open(theme)
    await page.goto(`${footfall.url}/setup`)
    await settled(page)
    assert.deepEqual(await violations(page), [])
  }
})

test('the keyboard reaches every part of a page, sees where it is, and comes back from what it opened', async (t) => {
  const { footfall, open } = await begin(t)
  await footfall.command('seed', '--days', '10')
  const page = await open()
  await signIn(page, footfall)
  await page.goto(`${footfall.url}${site}`)
  await settled(page)

  await t.test('Tab comes to everything that can be used, and each place can be seen', async () => {
    const usable = await page.evaluate<number>(MARK_USABLE)
    assert.ok(usable > 50, `${usable} places`)
    const unseen: string[] = []
    // What came after the count is passed on the way too.
    for (let step = 0; step < 2 * usable && (step < usable || (await page.locator('[data-unreached]').count()) > 0); step++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate<string | null>(ARRIVE)
      if (place) unseen.push(place)
    }
    assert.deepEqual(unseen, [])
    assert.deepEqual(await page.locator('[data-unreached]').evaluateAll((all) => all.map((each) => each.outerHTML.slice(0, 160))), [])
  })

  const opener: [name: string | RegExp, role: 'dialog' | 'listbox'][] = [
    ['Add a filter', 'dialog'],
    [/^Details of/, 'dialog'],
    [/^Last 28 days/, 'dialog'],
  ]
  for (const [name, role] of opener)
    await t.test(`Esc closes what ${String(name)} opened`, async () => {
      const from = page.getByRole('button', { name }).first()
      await from.focus()
      await page.keyboard.press('Enter')
      await page.getByRole(role).first().waitFor()
      await escape(page, page.getByRole(role))
      await becomes(() => from.evaluate((element) => element.matches(':focus')), true)
    })

  await t.test('who wants no motion gets none', async () => {
    const moving = await page.evaluate<string[]>(MOVING)
    assert.deepEqual(moving, [])
  })
})
