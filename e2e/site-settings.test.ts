import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Funnel } from '@footfall/contract/funnels.ts'
import type { Keeping } from '@footfall/contract/keeping.ts'
import type { Link } from '@footfall/contract/sharing.ts'
import type { Site } from '@footfall/contract/sites.ts'
import type { Page } from 'playwright-core'
import { launchChromium } from '../tracker/test/browser.ts'
import { PATIENCE, startProcess, temporary, until, type Process } from './footfall.ts'
import { becomes, newPage } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'lanternpost.example'

interface Stage {
  footfall: Process
  page: Page
  key: string
  /** Asks the API with the key. */
  api<Answer>(method: string, path: string, body?: unknown): Promise<Answer>
  card(name: string): ReturnType<Page['getByRole']>
}

/** Five hundred visits of May, and a line that is none. */
function history(): string {
  const lines = Array.from({ length: 500 }, (_, index) => ({
    id: `visit ${index}`,
    timestamp: new Date(Date.parse('2026-05-01T08:00:00Z') + index * 3_600_000).toISOString(),
    visitor: `reader ${index}`,
    pathname: index % 2 ? '/' : '/blog',
  })).map((line) => JSON.stringify(line))
  return [...lines.slice(0, 6), '{"pathname": 7}', ...lines.slice(6)].join('\n')
}

async function options({ footfall, page, api, card }: Stage): Promise<void> {
  await page.goto(`${footfall.url}/sites/${SITE}/settings`)
  const script = card('What the script counts')
  /** Bytes of the script as a browser loads it. */
  const loaded = async () => {
    const response = await fetch(`${footfall.url}/tracker.js?siteId=${SITE}`, { headers: { 'accept-encoding': 'br' } })
    await response.arrayBuffer()
    return `${Number(response.headers.get('content-length')).toLocaleString('en')} bytes`
  }
  const plain = await loaded()
  await script.getByText(`The script weighs ${plain}, compressed.`).waitFor()
  await script.getByLabel('Web vitals').click()
  await script.getByLabel('Never these pages').fill('account/**\n/*/*/*/*/x')
  await script.getByText(`Before: ${plain}.`).waitFor()
  // Four wildcards are one too many: told beside the field, nothing saved.
  await script.getByRole('button', { name: 'Save' }).click()
  await script.locator('[aria-invalid=true]').waitFor()
  assert.deepEqual((await api<Site>('GET', `/api/v1/sites/${SITE}`)).tracker, {})
  await script.getByLabel('Never these pages').fill('account/**')
  await script.getByRole('button', { name: 'Save' }).click()
  await script.getByText('Saved').waitFor()
  assert.deepEqual((await api<Site>('GET', `/api/v1/sites/${SITE}`)).tracker, { webVitals: true, exclude: ['/account/**'] })
  await script.getByText(`The script weighs ${await loaded()}, compressed.`).waitFor()
}

async function imported({ footfall, page, key, card }: Stage): Promise<void> {
  const file = { name: 'may.ndjson', mimeType: 'application/x-ndjson', buffer: Buffer.from(history()) }
  await card('Import').getByLabel('Choose a file').setInputFiles(file)
  await card('Import').getByText('500 events imported · 1 refused').first().waitFor()
  await becomes(() => footfall.ask(key, { site_id: SITE, metrics: ['events', 'visitors'] }), [[500, 500]])
  await page.reload()
  const row = card('Import').getByRole('listitem').filter({ hasText: '500 events imported' })
  await row.getByText('Refused lines').click()
  await row.getByText('Line 7:').waitFor()
  await card('Import').getByLabel('Choose a file').setInputFiles(file)
  await card('Import').getByText('0 events imported · 500 already there · 1 refused').first().waitFor()
  await page.reload()
  await card('Export').getByText('500 events; your browser shows how far it is.').waitFor()
}

async function keeping({ page, api, card }: Stage): Promise<void> {
  const props = card('Properties that are stored')
  await props.getByLabel('Store only listed properties').click()
  await props.getByLabel('Names of properties').fill('plan\nauthor')
  await props.getByRole('button', { name: 'Save' }).click()
  await props.getByText('Saved').waitFor()
  const keep = card('How long data is kept')
  await keep.getByRole('combobox').click()
  await page.getByRole('option', { name: '1 month', exact: true }).click()
  const what = await api<Keeping>('GET', `/api/v1/sites/${SITE}/keeping?months=1`)
  // The month that is kept follows the clock of the machine, so that all of May may be older or none of it.
  const counts = `Events: ${what.events.toLocaleString('en')}. Visits: ${what.visits.toLocaleString('en')}.`
  await keep.getByText(counts).first().waitFor()
  if (what.events > 0) {
    assert.equal(await keep.getByRole('button', { name: 'Save' }).isDisabled(), true)
    await keep.getByLabel(`Yes, erase this. ${counts}`).click()
  }
  await keep.getByRole('button', { name: 'Save' }).click()
  await keep.getByText('Saved').waitFor()
  const { keep_months, allowed_props } = await api<Site>('GET', `/api/v1/sites/${SITE}`)
  assert.deepEqual([keep_months, allowed_props], [1, ['plan', 'author']])
  // For ever again, for the steps that follow.
  await keep.getByRole('combobox').click()
  await page.getByRole('option', { name: 'For ever' }).click()
  await keep.getByRole('button', { name: 'Save' }).click()
  await until(
    10_000,
    () => api<Site>('GET', `/api/v1/sites/${SITE}`),
    (site) => site.keep_months === null,
  )
}

async function embedding({ api, card }: Stage): Promise<void> {
  const links = async () => (await api<{ links: Link[] }>('GET', `/api/v1/sites/${SITE}/shared-links`)).links
  await api('POST', `/api/v1/sites/${SITE}/shared-links`, { name: 'Board' })
  const sharing = card('Sharing')
  await sharing.page().reload()
  await sharing.getByRole('button', { name: 'Embed' }).click()
  const form = sharing.getByRole('form', { name: 'Who may embed it' })
  await form.getByRole('combobox').click()
  await sharing.page().getByRole('option', { name: 'Only these' }).click()
  await form.getByLabel('Addresses of websites').fill('intranet.example/team')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('Saved').waitFor()
  assert.deepEqual((await links())[0]!.embed_origins, ['https://intranet.example'])
}

async function funnel({ page, api }: Stage): Promise<void> {
  for (const page_path of ['/', '/blog']) await api('PUT', '/api/v1/sites/goals', { site_id: SITE, goal_type: 'page', page_path })
  const steps = ['Visit /', 'Visit /blog']
  const { id } = await api<Funnel>('POST', `/api/v1/sites/${SITE}/funnels`, { name: 'To the blog', steps })
  // From the settings along the pages of the site.
  await page
    .getByRole('navigation', { name: `Pages of ${SITE}` })
    .getByRole('link', { name: 'Funnels' })
    .click()
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Name of the funnel').fill('From the blog')
  await page.getByRole('button', { name: 'Move step 2 up' }).click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('button', { name: 'From the blog', pressed: true }).waitFor()
  const { funnels } = await api<{ funnels: Funnel[] }>('GET', `/api/v1/sites/${SITE}/funnels`)
  assert.deepEqual(funnels, [{ id, name: 'From the blog', steps: steps.toReversed(), window_seconds: 86_400 }])
  assert.equal(new URL(page.url()).pathname, `/sites/${SITE}/funnels`)
}

async function reasons({ footfall, page, api }: Stage): Promise<void> {
  const body = JSON.stringify({ n: 'pageview', u: `https://${SITE}/`, d: SITE })
  const headers = { 'content-type': 'text/plain', 'user-agent': 'Googlebot/2.1' }
  const { headers: answered } = await fetch(`${footfall.url}/api/event`, { method: 'POST', headers, body })
  assert.equal(answered.get('x-footfall-dropped'), 'bot')
  // Refusals are written down every few seconds; the usual range ends yesterday.
  const today = () => api<{ total: number }>('GET', `/api/v1/sites/${SITE}/dropped?date_range=day`)
  await until(PATIENCE, today, ({ total }) => total > 0)
  await page.goto(`${footfall.url}/sites/${SITE}/not-counted?period=today`)
  await page.getByText('A crawler, a monitor or a headless browser').waitFor()
  await page.evaluate("localStorage.setItem('footfall-language', 'de')")
  await page.reload()
  await page.getByText('Ein Crawler, ein Überwachungsdienst oder ein Browser ohne Fenster').waitFor()
  // What a role may not do is said in German too, by the code of the refusal.
  await page.route(`**/api/v1/sites/${SITE}/segments`, (route) => route.fulfill({ status: 403, json: { error: 'No.', code: 'forbidden' } }))
  await page.goto(`${footfall.url}/sites/${SITE}`)
  await page.getByRole('button', { name: 'Segmente' }).click()
  await page.getByText('Deine Rolle erlaubt das nicht.').waitFor()
}

const STEPS = {
  'options of the script are weighed as they are chosen, and compiled in when they are saved': options,
  'a file of events is imported; what was refused is listed, also after a reload': imported,
  'what is kept is set after a yes to what goes': keeping,
  'a link says who may embed it': embedding,
  'a stored funnel is changed and stays the same one': funnel,
  'reasons and refusals are told in the language of the dashboard': reasons,
}

test('the settings of a site', async (t) => {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('site', 'add', SITE)
  const key = await footfall.command('key', 'create', '--name', 'settings', '--scope', 'stats,sites')
  const browser = await launchChromium()
  t.after(() => browser.close())
  const problems: string[] = []
  const page = await newPage(browser, {}, problems)
  await signIn(page, footfall)
  const stage: Stage = {
    footfall,
    page,
    key,
    async api<Answer>(method: string, path: string, body?: unknown) {
      const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) }
      const response = await fetch(footfall.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
      assert.equal(response.status, 200, `${method} ${path}`)
      return (await response.json()) as Answer
    },
    card: (name) => page.getByRole('region', { name, exact: true }),
  }
  for (const [name, step] of Object.entries(STEPS)) await t.test(name, () => step(stage))
  assert.deepEqual(problems, [])
})
