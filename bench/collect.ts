import { createMemoryCache } from '../server/src/cache/memory.ts'
import { createAddressReader } from '../server/src/collect/address.ts'
import type { PipelineParts } from '../server/src/collect/draft.ts'
import { createAddressLimit } from '../server/src/collect/limit.ts'
import { parseHit } from '../server/src/collect/parse.ts'
import { runPipeline } from '../server/src/collect/pipeline.ts'
import { openPlaces } from '../server/src/collect/place.ts'
import { readIncoming } from '../server/src/collect/request.ts'
import type { DaySalts } from '../server/src/collect/salts.ts'
import type { Event } from '../server/src/lib/event.ts'

/**
 * CPU per event of the collector without network, HTTP and disk: body → event, for a traffic of 20,000 visitors with
 * 600 user agents and 200 referrers. Prints one JSON object. `node bench/collect.ts [EVENTS]`
 */
const EVENTS = Number(process.argv[2] ?? 200_000)
const ROUNDS = 5

const BROWSERS = [
  (n: number) => `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${120 + n}.0.0.0 Safari/537.36`,
  (n: number) =>
    `Mozilla/5.0 (Linux; Android ${10 + (n % 5)}; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${120 + n}.0.0.0 Mobile Safari/537.36`,
  (n: number) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_${n} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${n} Mobile/15E148 Safari/604.1`,
  (n: number) => `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + n}.0) Gecko/20100101 Firefox/${100 + n}.0`,
]
const REFERRERS = ['https://www.google.com/', 'https://news.ycombinator.com/item?id=1', 'https://t.co/x', '', '', '']

function request(n: number) {
  const visitor = (n * 7919) % 20_000
  const at = Date.now()
  const referrer = n % 10 === 0 ? `https://blog${n % 200}.example.org/post/${n % 50}` : REFERRERS[n % REFERRERS.length]
  const body = {
    n: n % 3 === 2 ? 'engagement' : 'pageview',
    u: `https://bench.example/page/${n % 50}${n % 8 === 0 ? '?utm_source=newsletter&utm_medium=email&utm_campaign=autumn' : ''}`,
    d: 'bench.example',
    r: referrer,
    id: `${at}-${n}`,
    t: at,
    s: at,
    v: 1,
    ...(n % 3 === 2 ? { e: 4200, sd: 60 } : {}),
    ...(n % 5 === 0 ? { p: { author: 'someone', plan: 'free' } } : {}),
  }
  return {
    bytes: Buffer.from(JSON.stringify(body)),
    headers: {
      'user-agent': BROWSERS[visitor % 4]!(visitor % 150),
      'accept-language': 'de-AT,de;q=0.9,en;q=0.8',
      'x-forwarded-for': `81.${visitor & 63}.${(visitor >> 6) & 255}.${visitor % 251}`,
    },
  }
}

const site = {
  id: 1,
  domain: 'bench.example',
  timezone: 'Europe/Vienna',
  tracker: {},
  shields: { page: ['/admin/**'] },
  ingest_rate_limit: null,
  respect_dnt: false,
  drop_data_centers: false,
  keep_months: null,
  allowed_props: null,
  public: false,
  created_at: '2026-01-01T00:00:00Z',
}
const salts: DaySalts = { today: '', salt: Buffer.alloc(16, 1), before: '', saltBefore: Buffer.alloc(16, 2) }
salts.today = Temporal.Now.plainDateISO('Europe/Vienna').toString()
const found = Promise.resolve(site)
const parts: PipelineParts = {
  sites: { find: () => found, goals: async () => [], segments: async () => [] },
  cache: createMemoryCache({ clock: Date.now }),
  salts: { now: () => salts, sweep: () => {} },
  userKey: Buffer.alloc(32),
  places: (await openPlaces(null, console)).find,
  dataCenters: () => false,
}
const readSender = createAddressReader(['127.0.0.1/32'])
const limit = createAddressLimit({ cache: parts.cache, salts: parts.salts, perMinute: 1e9 })

async function take({ bytes, headers }: ReturnType<typeof request>): Promise<Event | null> {
  const now = Date.now()
  const sender = readSender('127.0.0.1', headers)
  await limit(sender.address)
  const hit = parseHit(bytes, now)
  const incoming = readIncoming(hit, headers, sender, now)
  return (await runPipeline(parts, incoming, hit.domains[0]!)).draft.event
}

const requests = Array.from({ length: 50_000 }, (_, n) => request(n))
const rounds: number[] = []
for (let round = 0; round <= ROUNDS; round++) {
  const before = process.cpuUsage()
  for (let n = 0; n < EVENTS; n++) if (!(await take(requests[n % requests.length]!))) throw new Error('an event was dropped')
  const { user, system } = process.cpuUsage(before)
  if (round > 0) rounds.push(Number(((user + system) / EVENTS).toFixed(2)))
}
const median = rounds.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]
process.stdout.write(
  `${JSON.stringify({ bench: 'collect', node: process.version, events: EVENTS, cpuMicrosecondsPerEvent: median, rounds })}\n`,
)
