import type { Page } from 'playwright-core'
import { ADMIN, type Process } from './footfall.ts'

/** Signs in as somebody who opened an address does; returns when a page of the dashboard stands in its place. */
export async function signIn(page: Page, { url }: Pick<Process, 'url'>, { email, password } = ADMIN, address = '/login'): Promise<void> {
  await page.goto(url + address)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(({ pathname }) => pathname.includes('/sites'))
}
