import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { PATIENCE, until } from './footfall.ts'

/**
 * A page in a profile of its own, which waits as long as a busy machine may need.
 *
 * @param problems takes the errors that nobody caught on it
 */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}, problems: string[] = []): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options })).newPage()
  page.setDefaultTimeout(PATIENCE)
  page.on('pageerror', (error) => problems.push(error.message))
  return page
}

/** Asserts that what is seen is what is expected, now or when all that is under way has come. */
export async function becomes<Seen>(look: () => Promise<Seen>, expected: NoInfer<Seen>): Promise<void> {
  const { answer } = await until(PATIENCE, look, (seen) => isDeepStrictEqual(seen, expected))
  assert.deepEqual(answer, expected)
}

/**
 * Closes what lies open over a page, as somebody does who presses Esc until it is gone: lists inside close first, and whether one
 * is open depends on what has arrived.
 */
export async function escape(page: Page, opened: Locator): Promise<void> {
  await becomes(async () => {
    if ((await opened.count()) > 0) await page.keyboard.press('Escape')
    return opened.count()
  }, 0)
}

/** Presses keys of one shortcut until they have led to an address: a pause between them that was too long is one of the machine's. */
export async function shortcut(page: Page, keys: string[], address: RegExp): Promise<void> {
  await becomes(async () => {
    for (const key of keys) await page.keyboard.press(key)
    return page.waitForURL(address, { timeout: PATIENCE / 20 }).then(
      () => true,
      () => false,
    )
  }, true)
}
