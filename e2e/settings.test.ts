import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { launchChromium } from '../tracker/test/browser.ts'
import { startProcess, temporary } from './footfall.ts'
import { becomes, newPage, shortcut } from './pages.ts'
import { signIn } from './sign-in.ts'

const SITE = 'lanternpost.example'
type Context = { after(done: () => unknown): void }

async function begin(t: Context, days?: number) {
  const footfall = await startProcess(await temporary(t))
  t.after(() => footfall.end('SIGTERM'))
  await (days ? footfall.command('seed', '--days', String(days)) : footfall.command('site', 'add', SITE))
  const browser = await launchChromium()
  t.after(() => browser.close())
  const problems: string[] = []
  /** A browser of its own: nobody is signed in there. */
  const visitor = () => newPage(browser, {}, problems)
  return { footfall, visitor, problems }
}

/** A page of another site that frames an address; answers its own address. */
async function otherSite(t: Context, framed: string): Promise<string> {
  const server = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Other</title><iframe src="${framed}" title="Numbers" style="width:900px;height:700px"></iframe>`),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const topNumber = (page: Pick<Page, 'getByRole'>) =>
  page
    .getByRole('group', { name: 'Draw in the graph' })
    .getByRole('button', { name: /^Visitors/ })
    .locator('[title]')
    .first()

test('a link with a password opens one site for reading, in a frame too, until it is revoked', async (t) => {
  const { footfall, visitor, problems } = await begin(t, 40)
  const owner = await visitor()
  await signIn(owner, footfall)
  await owner.goto(`${footfall.url}/sites/${SITE}`)
  await topNumber(owner).waitFor()
  const expected = await topNumber(owner).getAttribute('title')

  await owner.goto(`${footfall.url}/sites/${SITE}/settings`)
  const sharing = owner.getByRole('region', { name: 'Sharing' })
  await sharing.getByLabel('Name').fill('Board')
  await sharing.getByLabel('Password').fill('open sesame 1')
  await sharing.getByRole('button', { name: 'Make link' }).click()
  const link = sharing.getByRole('listitem', { name: 'Board' })
  await link.getByText('with a password').waitFor()
  const address = await link.locator('code').first().innerText()
  assert.match(address, /\/share\/[\w-]{20,}$/)

  const guest = await visitor()
  await t.test('the password is asked for, a wrong one refused, and what is seen is what the owner sees', async () => {
    await guest.goto(address)
    await guest.getByLabel('Password').fill('open sesame 2')
    await guest.getByRole('button', { name: 'Open' }).click()
    await guest.getByText('The password is not right.').waitFor()
    await guest.getByLabel('Password').fill('open sesame 1')
    await guest.getByRole('button', { name: 'Open' }).click()
    await becomes(() => topNumber(guest).getAttribute('title'), expected)
    await guest.reload()
    await topNumber(guest).waitFor()
  })

  await t.test('a guest looks closer, but finds nothing to change and no way to another site', async () => {
    await guest.getByRole('region', { name: 'Devices' }).getByRole('button', { name: 'Firefox' }).click()
    await guest.waitForURL(/share.*f=is,visit:browser,Firefox/)
    await guest.getByText('Signup').first().waitFor()
    for (const name of ['Add a note', 'Save as segment', 'Segments', 'Sign out', 'Site'])
      assert.equal(await guest.getByRole('button', { name, exact: true }).count(), 0, name)
    const links = await guest.locator('a[href]').evaluateAll((all) => all.map((each) => each.getAttribute('href')))
    assert.deepEqual(
      links.filter((href) => /\/(sites|settings)\b/.test(href ?? '')),
      [],
    )
    await guest.goto(`${footfall.url}/sites/${SITE}/settings`)
    await guest.waitForURL(/login/)
  })

  await t.test('a guest has the reports and the stream, below the link and nowhere else', async () => {
    await guest.goto(address)
    const pages = guest.getByRole('navigation', { name: `Pages of ${SITE}` })
    await pages.getByRole('link').first().waitFor()
    await becomes(() => pages.getByRole('link').allInnerTexts(), ['Overview', 'Realtime', 'Funnels', 'Retention', 'Journeys'])
    await pages.getByRole('link', { name: 'Realtime' }).click()
    await guest.getByText('Live', { exact: true }).waitFor()
    await shortcut(guest, ['g', 'j'], /journeys/)
    await guest.getByRole('heading', { name: 'Most frequent journeys' }).waitFor()
    await pages.getByRole('link', { name: 'Retention' }).click()
    await guest.getByRole('region', { name: 'Retention' }).getByRole('table').waitFor()
    await guest.goto(`${address}/funnels?step=Signup&step=Subscription`)
    await guest.getByRole('region', { name: 'Result' }).waitFor()
    for (const name of ['New funnel', 'Edit a copy', 'Save funnel', 'Delete'])
      assert.equal(await guest.getByRole('button', { name, exact: true }).count(), 0, name)
    // Single visits are not shared: there is no such page.
    await guest.goto(`${address}/visits`)
    assert.equal(await guest.getByRole('region', { name: 'Visits, the newest first' }).count(), 0)
  })

  await t.test('another site frames it without a header, in the theme and on the background that it wants', async () => {
    const page = await visitor()
    await page.goto(await otherSite(t, `${address}?embed=true&amp;theme=dark&amp;background=112233`))
    const frame = page.frameLocator('iframe')
    await frame.getByLabel('Password').fill('open sesame 1')
    await frame.getByRole('button', { name: 'Open' }).click()
    await topNumber(frame).waitFor()
    assert.equal(await frame.getByRole('banner').count(), 0)
    await becomes(() => frame.locator('html.dark').count(), 1)
    await becomes(() => frame.locator('body').evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(17, 34, 51)')
  })

  await t.test('revoked, it is refused, also where it stands open', async () => {
    await guest.goto(address)
    await topNumber(guest).waitFor()
    await link.getByRole('button', { name: 'Revoke link Board' }).click()
    await link.getByRole('button', { name: 'Revoke', exact: true }).click()
    await sharing.getByText('No link yet').waitFor()
    await guest.getByRole('button', { name: /Last 28 days/ }).waitFor()
    await guest.getByRole('region', { name: 'Devices' }).getByRole('button', { name: 'Chrome', exact: true }).click()
    await guest.getByText('Nothing is shared here').waitFor()
    await guest.goto(address)
    await guest.getByText('Nothing is shared here').waitFor()
  })

  await t.test('a site can be public', async () => {
    await sharing.getByLabel('Public statistics').click()
    const publicly = await sharing.getByRole('link', { name: /share/ }).getAttribute('href')
    await guest.goto(publicly!)
    await becomes(() => topNumber(guest).getAttribute('title'), expected)
  })
  assert.deepEqual(problems, [])
})

test('a viewer who was added signs in and changes nothing; the dashboard speaks German, and Arabic from right to left', async (t) => {
  const { footfall, visitor, problems } = await begin(t)
  const admin = await visitor()
  await signIn(admin, footfall)
  const viewer = { email: 'vera@example.com', password: 'a window seat' }

  await t.test('added, with what must be told to them', async () => {
    await admin.getByRole('button', { name: 'Menu' }).click()
    await admin.getByRole('link', { name: 'Users' }).click()
    await admin.getByLabel('Email').fill(viewer.email)
    await admin.getByLabel('First password').fill(viewer.password)
    await admin.getByRole('button', { name: 'Add a user' }).click()
    await admin.getByRole('status').getByText(`${footfall.url}/login`).waitFor()
    await admin.getByRole('listitem', { name: viewer.email }).getByText('Viewer').waitFor()
  })

  const guest = await visitor()
  await t.test('a viewer sees the sites, but settings are refused and pages of administrators are not offered', async () => {
    await signIn(guest, footfall, viewer)
    await guest.goto(`${footfall.url}/settings/users`)
    await guest.getByText('This page is for administrators.').waitFor()
    assert.equal(await guest.getByRole('link', { name: 'System' }).count(), 0)
    await guest.goto(`${footfall.url}/sites/${SITE}/settings`)
    await guest.getByText('Your role may look, but not change settings.').waitFor()
    assert.equal(await guest.getByRole('button', { name: 'Save' }).count(), 0)
    const changed = await guest.request.put(`${footfall.url}/api/v1/sites/${SITE}`, {
      data: { timezone: 'Asia/Tokyo' },
      headers: { origin: footfall.url },
    })
    assert.equal(changed.status(), 403)
  })

  await t.test('a language is chosen in the account, and stays', async () => {
    await guest.goto(`${footfall.url}/settings/account`)
    await guest.getByLabel('Language').last().click()
    await guest.getByRole('option', { name: 'Deutsch' }).click()
    await guest.getByRole('heading', { name: 'E-Mail und Passwort' }).waitFor()
    await guest.locator('html[lang=de]').waitFor()
    await guest.getByLabel('Sprache').last().click()
    await guest.getByRole('option', { name: 'العربية' }).click()
    await guest.locator('html[lang=ar][dir=rtl]').waitFor()
    await guest.goto(`${footfall.url}/sites/${SITE}`)
    await guest.locator('html[dir=rtl]').waitFor()
    const [logo, menu] = await Promise.all([
      guest.getByRole('banner').getByRole('link').first().boundingBox(),
      guest.getByRole('button', { name: 'القائمة' }).boundingBox(),
    ])
    assert.ok(logo!.x > menu!.x, 'what is first stands on the right')
  })

  await t.test('a password is changed with the old one only, and everywhere means here too', async () => {
    await guest.goto(`${footfall.url}/settings/account`)
    await guest.evaluate("localStorage.setItem('footfall-language', 'en')")
    await guest.reload()
    await guest.getByLabel('New password').fill('an aisle seat')
    await guest.getByLabel('Current password').fill('a wrong seat')
    await guest.getByRole('button', { name: 'Save' }).click()
    await guest.getByText('The current password is not right.').waitFor()
    await guest.getByLabel('Current password').fill(viewer.password)
    await guest.getByRole('button', { name: 'Save' }).click()
    await guest.getByText('Saved').waitFor()
    await guest.getByRole('button', { name: 'Sign out everywhere' }).click()
    await guest.getByText('This browser, too.').waitFor()
    await guest.getByRole('button', { name: 'Sign out everywhere' }).click()
    await guest.waitForURL(/login/)
    await signIn(guest, footfall, { ...viewer, password: 'an aisle seat' })
  })

  await t.test('another role, and out', async () => {
    const row = admin.getByRole('listitem', { name: viewer.email })
    await row.getByLabel(`Role of ${viewer.email}`).click()
    await admin.getByRole('option', { name: 'Editor' }).click()
    await row.getByText('Editor').waitFor()
    await row.getByRole('button', { name: `Remove ${viewer.email}` }).click()
    await row.getByRole('button', { name: 'Remove', exact: true }).click()
    await row.waitFor({ state: 'detached' })
    await guest.goto(`${footfall.url}/sites`)
    await guest.waitForURL(/login/)
    await admin.getByRole('link', { name: 'System' }).click()
    await admin.getByRole('region', { name: 'Journal' }).waitFor()
    await admin.getByText(/^clickhouse \d|^chdb \d/).waitFor()
  })
  assert.deepEqual(problems, [])
})
