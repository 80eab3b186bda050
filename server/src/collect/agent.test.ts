import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAgent } from './agent.ts'
import { readHints } from './client-hints.ts'

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

/** Headers of a request in Chromium, and what is known by them: browser version / os version / device. */
const HINTED: [string, Record<string, string>, string][] = [
  ['nothing new', { ua: '"Not.A/Brand";v="8", "Chromium";v="124", "Google Chrome";v="124"' }, 'Chrome 124.0 / Windows 10 / Desktop'],
  ['Brave', { ua: '"Chromium";v="124", "Brave";v="124", "Not-A.Brand";v="99"' }, 'Brave 124.0 / Windows 10 / Desktop'],
  ['Opera by its full version', { 'ua-full-version-list': '"Opera";v="110.0.5130.23"' }, 'Opera 110.0 / Windows 10 / Desktop'],
  ['Windows 11', { 'ua-platform': '"Windows"', 'ua-platform-version': '"15.0.0"' }, 'Chrome 124.0 / Windows 11 / Desktop'],
  ['Windows 10', { 'ua-platform': '"Windows"', 'ua-platform-version': '"10.0.0"' }, 'Chrome 124.0 / Windows 10 / Desktop'],
  [
    'an older Windows, without a number',
    { 'ua-platform': '"Windows"', 'ua-platform-version': '"0.3.0"' },
    'Chrome 124.0 / Windows 10 / Desktop',
  ],
  [
    'another system than the agent',
    { 'ua-platform': '"Android"', 'ua-platform-version': '"14.0.0"' },
    'Chrome 124.0 / Windows 10 / Desktop',
  ],
  ['a phone', { 'ua-mobile': '?1' }, 'Chrome 124.0 / Windows 10 / Mobile'],
  ['no phone', { 'ua-mobile': '?0' }, 'Chrome 124.0 / Windows 10 / Desktop'],
  ['names of object properties', { ua: '"constructor";v="1"', 'ua-platform': '"__proto__"' }, 'Chrome 124.0 / Windows 10 / Desktop'],
  [
    'nonsense',
    { ua: '";;v="', 'ua-platform': 'x"', 'ua-platform-version': '"x"', 'ua-mobile': '1' },
    'Chrome 124.0 / Windows 10 / Desktop',
  ],
]

test('client hints tell what the agent hides, and nothing else', () => {
  const chrome = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/124.0.0.0 Safari/537.36`
  const words = (headers: Record<string, string>, agent = chrome) => {
    const hints = readHints(Object.fromEntries(Object.entries(headers).map(([name, value]) => [`sec-ch-${name}`, value])))
    const { browser, browser_version, os, os_version, device } = readAgent(agent, hints)
    return `${browser} ${browser_version} / ${os} ${os_version} / ${device}`
  }
  assert.deepEqual(
    HINTED.map(([what, headers]) => [what, words(headers)]),
    HINTED.map(([what, , wanted]) => [what, wanted]),
  )
  const pixel = `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/124.0.0.0 Mobile Safari/537.36`
  assert.equal(words({ 'ua-platform': '"Android"', 'ua-platform-version': '"14.0.0"' }, pixel), 'Chrome 124.0 / Android 14.0 / Mobile')
  const edge = `${chrome} Edg/124.0.2478.50`
  assert.equal(
    words({ ua: '"Opera";v="1"' }, edge),
    'Microsoft Edge 124.0 / Windows 10 / Desktop',
    'an agent that is no plain Chrome is believed',
  )
  assert.equal(readHints({}), null)
  assert.ok(readAgent(chrome, readHints({ 'sec-ch-ua': '"HeadlessChrome";v="124"' })).bot)
})

test('a hostile agent costs no more than a common one', () => {
  for (const text of [
    'Version/'.repeat(2_000),
    'Android '.repeat(2_000),
    `Mozilla/5.0 ${'(iPhone; '.repeat(2_000)}`,
    'Windows NT '.repeat(2_000),
  ]) {
    // Processor time: the clock also runs while others have the processor.
    const start = process.threadCpuUsage()
    readAgent(text)
    assert.ok(process.threadCpuUsage(start).user < 200_000)
  }
})
