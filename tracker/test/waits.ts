import { setTimeout as sleep } from 'node:timers/promises'

/** A page of either driver. */
interface Evaluates {
  evaluate(code: string): Promise<unknown>
}

const WAITING = 'Object.keys(localStorage).filter((key) => /^footfall:\\d/.test(key)).length'

/** Waits until an expression is so in the page; fails after half a minute. Not by the page's own timers, which tests stop. */
export async function untilTrue(page: Evaluates, expression: string): Promise<void> {
  for (let tries = 0; !(await page.evaluate(`Boolean(${expression})`)); tries++) {
    if (tries > 1500) throw new Error(`expected that ${expression}`)
    await sleep(20)
  }
}

/** Waits until so many events wait in the page's store: an answer that the collector has given is not yet one that the page has read. */
export const untilWaiting = (page: Evaluates, count: number) => untilTrue(page, `${WAITING} === ${count}`)

/** Waits until the page has shown something and those who measure it have been told. Not after the first click, which ends the search for the largest. */
export async function painted(page: Evaluates): Promise<void> {
  await page.evaluate(
    `new Promise((done) => new PerformanceObserver(done).observe({ type: 'largest-contentful-paint', buffered: true })).then(() => undefined)`,
  )
}

/** Waits until the module that measures web vitals runs: loaded is not yet run. */
export async function measuring(page: Evaluates): Promise<void> {
  const module = 'performance.getEntriesByType("resource").find(({ name, responseEnd }) => /webVitals$/.test(name) && responseEnd)'
  await untilTrue(page, module)
  await page.evaluate(`import(${module}.name).then(() => undefined)`)
}

/** Scrolls, and returns when the page has been told. */
export async function scroll(page: Evaluates, top: number): Promise<void> {
  await page.evaluate(`new Promise((done) => { addEventListener('scroll', done, { once: true }); scrollTo(0, ${top}) })`)
}
