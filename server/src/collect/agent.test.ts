import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAgent } from './agent.ts'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
/** browser version / os version / device, agent. The shared cases (`ua-*` in ingest.test.ts) hold the common ones. */
const AGENTS: [string, string][] = [
  ['Internet Explorer 11.0 / Windows 7 / Desktop', 'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko'],
  [
    'Safari 17.4 / Mac 10.15 / Desktop',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  ],
  [
    'Microsoft Edge 124.0 / Android 10 / Mobile',
    `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/124.0.0.0 Mobile Safari/537.36 EdgA/124.0.2478.50`,
  ],
  ['Firefox 125.0 / Android 13 / Mobile', 'Mozilla/5.0 (Android 13; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0'],
  ['Firefox 125.0 / Android 13 / Tablet', 'Mozilla/5.0 (Android 13; Tablet; rv:125.0) Gecko/125.0 Firefox/125.0'],
  [
    'Yandex Browser 24.4 / Windows 10 / Desktop',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/122.0.0.0 YaBrowser/24.4.0.0 Safari/537.36`,
  ],
  ['Chrome 124.0 / Chrome OS 14541.0 / Desktop', `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/124.0.0.0 Safari/537.36`],
  [
    'Mobile App / iOS 17.4 / Mobile',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/459.0]',
  ],
  [
    'Mobile App / Android 14 / Mobile',
    `Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) ${WEBKIT} Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36`,
  ],
  ['Opera 12.16 / GNU/Linux / Desktop', 'Opera/9.80 (X11; Linux x86_64) Presto/2.12.388 Version/12.16'],
  ['curl 8.5', 'curl/8.5.0'],
]

test('agents are named as people know them', () => {
  const words = (agent: string) => {
    const { browser, browser_version, os, os_version, device } = readAgent(agent)
    return [`${browser} ${browser_version}`.trim(), `${os} ${os_version}`.trim(), device].filter(Boolean).join(' / ')
  }
  assert.deepEqual(
    AGENTS.map(([, agent]) => words(agent)),
    AGENTS.map(([wanted]) => wanted),
  )
})

test('crawlers are bots, browsers and programs that post events are not', () => {
  const bots = [
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Mozilla/5.0 (compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36',
    'Slurp/3.0 (+http://help.yahoo.com/help/us/ysearch/slurp)',
    'Twitterbot/1.0',
    'ia_archiver',
  ]
  const people = [...AGENTS.map(([, agent]) => agent), 'node', 'okhttp/4.12.0', 'python-requests/2.31', 'MyShop/3.1 (iPhone; iOS 17.4)', '']
  assert.deepEqual(
    [...bots, ...people].filter((agent) => readAgent(agent).bot),
    bots,
  )
})

test('client hints tell what the agent hides', () => {
  const chrome = `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/124.0.0.0 Safari/537.36`
  assert.equal(readAgent(chrome, '"Chromium";v="124", "Brave";v="124"').browser, 'Brave')
  assert.equal(readAgent(chrome, '', '?1').device, 'Mobile')
  assert.equal(readAgent(chrome).browser, 'Chrome')
})

test('a hostile agent costs no more than a common one', () => {
  for (const text of [
    'Version/'.repeat(2_000),
    'Android '.repeat(2_000),
    `Mozilla/5.0 ${'(iPhone; '.repeat(2_000)}`,
    'Windows NT '.repeat(2_000),
  ]) {
    const start = performance.now()
    readAgent(text)
    assert.ok(performance.now() - start < 100)
  }
})
