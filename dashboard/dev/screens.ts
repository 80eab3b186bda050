// A development tool: pictures of every page, light and dark, desktop and phone.   node dashboard/dev/screens.ts http://localhost:4000 DIRECTORY [name…]
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [origin = 'http://localhost:4000', directory = '/tmp/screens', ...only] = process.argv.slice(2)
const PAGES: Record<string, { path: string; hover?: boolean; click?: string }> = {
  sites: { path: '/sites' },
  new: { path: '/sites/new' },
  login: { path: '/login' },
  site: { path: '/sites/example.com', hover: true },
  drill: { path: '/sites/example.com?f=is,visit:country,DE&f=is,visit:source,Google&on=2025-11-05' },
  today: { path: '/sites/example.com?period=today' },
  year: { path: '/sites/example.com?period=12mo&metric=bounce_rate' },
  all: { path: '/sites/example.com?period=all' },
  range: { path: '/sites/example.com', click: 'button:has-text("Last 28 days")' },
  // Reports have no made-up numbers: these want a real server, and a site of that name on it.
  realtime: { path: '/sites/example.com/realtime' },
  funnels: { path: '/sites/example.com/funnels' },
  retention: { path: '/sites/example.com/retention?period=91d' },
  journeys: { path: '/sites/example.com/journeys' },
  visits: { path: '/sites/example.com/visits' },
}
/** Where the address has a user and a password (`http://me%40example.com:secret@localhost:3000`), they sign in first, and `?site=` names a site in place of example.com. */
const { username, password, searchParams, origin: server } = new URL(origin)
const site = searchParams.get('site') ?? 'example.com'
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

mkdirSync(directory, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS })
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(size, colorScheme, message.text()))
    page.on('pageerror', (error) => console.log(size, colorScheme, error.message))
    if (username !== '') {
      await page.goto(`${server}/login`)
      await page.fill('input[type=email]', decodeURIComponent(username))
      await page.fill('input[type=password]', decodeURIComponent(password))
      await page.click('button[type=submit]')
      await page.waitForURL('**/sites')
    }
    for (const [name, { path, hover, click }] of Object.entries(PAGES)) {
      if (only.length > 0 && !only.includes(name)) continue
      // The stream of the realtime page never ends, so its network is never idle.
      await page.goto(server + path.replace('example.com', site), { waitUntil: name === 'realtime' ? 'load' : 'networkidle' })
      if (hover && size === 'desktop') await page.hover('figure', { position: { x: 620, y: 120 } })
      if (click) await page.click(click)
      await page.waitForTimeout(400)
      await page.screenshot({ path: `${directory}/${name}-${size}-${colorScheme}.png`, fullPage: !click && !hover })
    }
    await context.close()
  }
await browser.close()
