import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../tracker/test/browser.ts'
import { ADMIN, startProcess, temporary } from './footfall.ts'
import { becomes, newPage } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'lanternpost.example'

/** Pictures for the README: `SCREENSHOTS=1 npm test -- e2e/dashboard.test.ts` writes them. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] !== '1') return
  const folder = join(import.meta.dirname, '../docs/screenshots')
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

test('the owner signs in, picks a site and a range, and opens a date of the graph', async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('seed', '--days', '90')
  const key = await footfall.command('key', 'create', '--name', 'e2e', '--scope', 'stats')
  const browser = await launchChromium()
  t.after(() => browser.close())
  const problems: string[] = []
  const page = await newPage(browser, { viewport: { width: 1280, height: 1250 } }, problems)

  await signIn(page, footfall, ADMIN, '/')
  await page.getByRole('link', { name: SITE }).click()
  const graph = page.getByRole('group', { name: /over time/ })
  await graph.locator('[data-line=before][d^=M]').waitFor({ state: 'attached' })
  await page.getByText('Germany').first().waitFor()
  await picture(page, 'site')

  // The last point of the graph is yesterday: its pages and their views, as the API counts them.
  await graph.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: /pages on/i })
  await panel.waitFor()
  const yesterday = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(Date.now() - 86_400_000)
  const expected = await footfall.ask(key, {
    site_id: SITE,
    metrics: ['pageviews'],
    dimensions: ['event:page'],
    date_range: [yesterday, yesterday],
    pagination: { limit: 3 },
  })
  await panel.getByText(String(expected[0]?.[0]), { exact: true }).waitFor()
  await becomes(async () => {
    const text = await panel.innerText()
    return expected.filter(([path, views]) => !new RegExp(`${String(path).replaceAll('/', '\\/')}\\s+${views}`).test(text))
  }, [])
  await picture(page, 'date')

  await page.goBack()
  await panel.waitFor({ state: 'detached' })

  // The dropdown of all sites, then another range.
  await page.getByRole('button', { name: /^Site: / }).click()
  await page.getByRole('option', { name: 'himaltea.example' }).click()
  await page.waitForURL(/himaltea/)
  await page.getByText('Asia/Kathmandu').waitFor()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.getByText('Nepal').first().waitFor()
  await picture(page, 'dark')
  assert.deepEqual(problems, [] as string[])
})

test('the owner adds a goal, excludes pages, makes a key that works, and deletes the site by its name', async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  const browser = await launchChromium()
  t.after(() => browser.close())
  const page = await newPage(browser)
  await signIn(page, footfall)

  await page.goto(`${footfall.url}/settings/keys`)
  await page.getByLabel('Name').fill('Report')
  await page.getByLabel('Manage sites').check()
  await page.getByRole('button', { name: 'Make key' }).click()
  const key = await page.getByRole('status').locator('code').innerText()
  const api = async (path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await fetch(footfall.url + path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })
    return response.json()
  }
  await api('/api/v1/sites', { domain: SITE })

  // The page of a site without goals leads to its settings.
  await page.goto(`${footfall.url}/sites/${SITE}`)
  await page.getByRole('link', { name: 'Add a goal' }).click()
  const form = page.getByRole('form', { name: 'New goal' })
  await form.getByRole('button', { name: 'Scroll' }).click()
  await form.getByLabel('Page', { exact: true }).fill('blog/**')
  await form.getByRole('button', { name: 'Add goal' }).click()
  const goals = page.getByRole('region', { name: 'Goals' })
  await goals.getByText('75% of /blog/**').waitFor()
  await goals.getByRole('button', { name: 'Remove goal' }).click()
  await goals.getByText('No goal yet').waitFor()
  await goals.getByRole('button', { name: 'Undo' }).click()
  await goals.getByText('75% of /blog/**').waitFor()
  const listed = (await api(`/api/v1/sites/goals?site_id=${SITE}`)) as { goals: object[] }
  assert.deepEqual(
    listed.goals.map((goal) => ({ ...goal, id: 0 })),
    [{ id: 0, goal_type: 'page', page_path: '/blog/**', scroll_threshold: 75, display_name: 'Scroll 75% on /blog/**' }],
  )

  const refused = page.getByRole('region', { name: 'What is not counted' })
  await refused.getByLabel('Pages').fill('/admin/**\n/draft')
  await refused.getByLabel('Visitors who ask not to be tracked').check()
  await refused.getByRole('button', { name: 'Save' }).click()
  await refused.getByText('Saved').waitFor()
  const site = (await api(`/api/v1/sites/${SITE}`)) as { shields: object; respect_dnt: boolean }
  assert.deepEqual([site.shields, site.respect_dnt], [{ page: ['/admin/**', '/draft'] }, true])

  const remove = page.getByRole('button', { name: 'Delete site' })
  assert.equal(await remove.isDisabled(), true)
  await page.getByLabel('Domain of the site, to confirm').fill(SITE)
  await remove.click()
  await page.getByText('No site yet').waitFor()
})

test('the first visit of a new installation makes the account and leads to the first site', async (t) => {
  const footfall = await startProcess(await temporary(t), { ADMIN_EMAIL: '', ADMIN_PASSWORD: '' })
  t.after(() => footfall.end('SIGTERM'))
  const browser = await launchChromium()
  t.after(() => browser.close())
  const page = await newPage(browser)
  await page.goto(`${footfall.url}/`)
  await page.waitForURL('**/setup')
  await page.getByLabel('Email').fill(ADMIN.email)
  await page.getByLabel('Password').fill(ADMIN.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/sites/new')

  // Nobody else can make himself an administrator now.
  const second = await fetch(`${footfall.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'other@example.com', password: 'another long one' }),
  })
  assert.equal(second.status, 409)
})
