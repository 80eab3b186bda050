import { launch, type Browser, type BrowserContext, type Page } from 'puppeteer-core'

/** Browsers that the stories are told in: Chromium over its own protocol, Firefox over WebDriver BiDi, one interface for both. */
export const BROWSERS = ['chromium', 'firefox'] as const

/**
 * Starts a browser of the system, without a window and with a profile of its own. `CHROMIUM_PATH` and `FIREFOX_PATH` name others.
 * @param hosts names that lead to this machine: the tracker ignores visits to localhost
 * @throws Error where there is no such browser
 */
export function launchEngine(name: (typeof BROWSERS)[number], hosts: string[]): Promise<Browser> {
  return name === 'chromium'
    ? launch({
        browser: 'chrome',
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', `--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}`],
      })
    : launch({
        browser: 'firefox',
        executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
        extraPrefsFirefox: { 'network.dns.localDomains': hosts.join() },
      })
}

/** Opens a tab whose pages do not know that a program drives them: the tracker ignores such browsers. `mishaps` gets what goes wrong inside. */
export async function openTab(visitor: BrowserContext, mishaps: string[]): Promise<Page> {
  const page = await visitor.newPage()
  page.on('pageerror', (error) => mishaps.push(String(error)))
  await page.evaluateOnNewDocument('Object.defineProperty(navigator, "webdriver", { value: false })')
  return page
}
