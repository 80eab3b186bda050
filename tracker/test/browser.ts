import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'

/** What a person's Chrome says; the one of a headless browser is a robot to every collector. */
const USER_AGENT = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

/**
 * Starts the system's Chromium, without a window and with a profile of its own. `CHROMIUM_PATH` names another one.
 * It does not admit that it is driven by a program (`navigator.webdriver`), since the tracker ignores those.
 *
 * @param options.hosts Names that lead to this machine, such as `*.test`: the tracker ignores visits to localhost.
 * @param options.secure Origins that count as secure without https, for what browsers give only to those.
 * @throws Error where there is no Chromium.
 */
export async function launchChromium(options: { hosts?: string[]; secure?: string[] } = {}): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) {
    throw new Error(`There is no Chromium at ${executablePath}: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.`)
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-blink-features=AutomationControlled',
      ...(options.hosts ? [`--host-resolver-rules=${options.hosts.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}`] : []),
      ...(options.secure ? [`--unsafely-treat-insecure-origin-as-secure=${options.secure.join(',')}`] : []),
    ],
  })
}

/** A visitor's own browser profile: storage and tabs shared with nobody else. */
export function newVisitor(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ userAgent: USER_AGENT, viewport: { width: 1000, height: 800 } })
}
