// Bytes of JavaScript, gzipped, that a browser loads for a site's page: node dashboard/dev/bytes.ts [http://localhost:4000/sites/example.com]
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
let total = 0
page.on('response', async (response) => {
  if (!response.url().endsWith('.js') || response.request().headers().purpose === 'prefetch') return
  const size = gzipSync(await response.body()).length
  total += size
  console.log(String(size).padStart(8), response.url().split('/').at(-1))
})
const started = performance.now()
await page.goto(process.argv[2] ?? 'http://localhost:4000/sites/example.com')
await page.waitForSelector('figure svg')
console.log(Math.round(performance.now() - started), 'ms until the graph stands')
await page.waitForLoadState('networkidle')
const shift = await page.evaluate(
  () =>
    new Promise(
      (done) =>
        new PerformanceObserver((list) =>
          done(list.getEntries().map((entry) => (entry as PerformanceEntry & { value: number }).value)),
        ).observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done([]), 500),
    ),
)
console.log(total, 'bytes; layout shifts', JSON.stringify(shift))
await browser.close()
