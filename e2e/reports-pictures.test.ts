import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium, newVisitor } from '../tracker/test/browser.ts'
import { startProcess, temporary } from './footfall.ts'
import { signIn } from './sign-in.ts'

const SITE = 'northwind.example'
/** A site whose visitors keep their names, so that they can be seen coming back. */
const NAMED = 'readers.example'
/** Pictures of what is in sight; all others are of the page from its top. */
const IN_SIGHT = new Set(['details', 'filter', 'map'])
/** Where the visitors of now come from: the United States, Germany, France, Japan and Brazil. */
const NETWORKS = ['8.8.8', '217.0.0', '90.0.0', '133.0.0', '200.160.0']
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }

/** Four hundred readers of the last twelve weeks; fewer and fewer of them come again. The same at every call. */
function readers(now: number): string {
  let seed = 7
  const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const lines: object[] = []
  for (let visitor = 0; visitor < 400; visitor++) {
    let at = now - (2 + chance() * 80) * 86_400_000
    for (let stays = 0.7; at < now; stays *= 0.85) {
      lines.push({ timestamp: new Date(at).toISOString(), visitor: `reader ${visitor}`, pathname: '/', country: 'DE' })
      if (chance() > stays) break
      at += [3, 7, 7, 8, 14, 20][Math.floor(chance() * 6)]! * 86_400_000
    }
  }
  return lines.map((line) => JSON.stringify(line)).join('\n')
}

/** What is opened before a picture is taken. */
const OPENED: Record<string, (page: Page) => Promise<unknown>> = {
  async details(page) {
    await page
      .getByRole('button', { name: /^Details of/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('table').waitFor()
  },
  async filter(page) {
    await page.getByRole('button', { name: 'Add a filter' }).click()
    await page.getByRole('dialog').waitFor()
  },
  map: (page) => page.getByRole('group', { name: /^Visitors by country/ }).scrollIntoViewIfNeeded(),
  async realtime(page) {
    await page.getByRole('region', { name: 'Map' }).scrollIntoViewIfNeeded()
    await page.getByRole('group', { name: 'Map' }).waitFor()
  },
}

/** Pictures for the documentation: `SCREENSHOTS=1 npm test -- e2e/reports-pictures.test.ts` writes them. */
async function takePictures(t: TestContext): Promise<void> {
  const footfall = await startProcess(await temporary(t), { ADDRESS_LIMIT: '0' })
  t.after(() => footfall.end('SIGTERM'))
  await footfall.command('seed', '--days', '60')
  await footfall.command('site', 'add', NAMED, '--timezone', 'Europe/Berlin')
  const key = await footfall.command('key', 'create', '--name', 'pictures', '--scope', 'stats,sites,import')
  const post = async (path: string, body: string) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': path.endsWith('import') ? 'application/x-ndjson' : 'application/json',
    }
    return (await fetch(footfall.url + path, { method: 'POST', headers, body })).json()
  }
  await post(`/api/v1/sites/${NAMED}/import`, readers(Date.now()))
  const steps = ['Visit pricing', 'Signup', 'Subscription']
  await post(`/api/v1/sites/${SITE}/funnels`, JSON.stringify({ name: 'Prices to subscription', steps }))
  const question = { site_id: SITE, date_range: '28d', filters: [['is', 'event:goal', ['Subscription']]], pagination: { limit: 1 } }
  const { visits } = (await post('/api/v2/sessions', JSON.stringify(question))) as { visits: { id: string }[] }

  const site = `/sites/${SITE}`
  const pages = {
    site,
    settings: `${site}/settings`,
    details: site,
    filter: site,
    map: `${site}?tab=locations.map`,
    realtime: `${site}/realtime`,
    funnels: `${site}/funnels?by=visit:source`,
    'funnel-editor': `${site}/funnels?${steps.map((step) => `step=${step}`).join('&')}`,
    retention: `/sites/${NAMED}/retention?period=91d`,
    journeys: `${site}/journeys`,
    visits: `${site}/visits?f=is,event:goal,Subscription&visit=${visits[0]!.id}`,
  }
  const browser = await launchChromium()
  t.after(() => browser.close())
  // Somebody is there while the picture of the realtime page is taken.
  const visitor = await (await newVisitor(browser)).newPage()
  for (const path of ['/', '/pricing', '/docs', '/', '/signup', '/blog/remote-retrospectives', '/features'])
    for (let person = 1; person <= 5; person++)
      await visitor.request.post(`${footfall.url}/api/event`, {
        headers: { 'content-type': 'text/plain', 'x-forwarded-for': `${NETWORKS[person - 1]}.${path.length}` },
        data: JSON.stringify({ n: 'pageview', u: `https://${SITE}${path}`, d: SITE, r: 'https://news.ycombinator.com/' }),
      })

  const folder = join(import.meta.dirname, '../docs/screenshots')
  await mkdir(folder, { recursive: true })
  for (const [size, viewport] of Object.entries(SIZES)) {
    const page = await (await browser.newContext({ viewport, locale: 'en-GB', reducedMotion: 'reduce' })).newPage()
    await signIn(page, footfall)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(footfall.url + path)
        await page.locator('h1').first().waitFor({ state: 'attached' })
        await page.locator('main [aria-busy]').first().waitFor({ state: 'detached' })
        await OPENED[name]?.(page)
        const whole = { clip: { x: 0, y: 0, ...viewport, height: 1100 }, fullPage: true }
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), ...(!IN_SIGHT.has(name) && whole) })
      }
    }
  }
}

if (process.env['SCREENSHOTS'] === '1') test('pictures of the pages of a site, light and dark, on a desk and on a phone', takePictures)
