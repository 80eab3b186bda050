import { parseArgs } from 'node:util'
import { SITES } from './sites.ts'
import { simulate } from './simulate.ts'

const USAGE = `Sends the visits of several websites to a Footfall server, until Ctrl-C.

  node simulator/src/main.ts [--url http://localhost:3000] [--rate 1] [--site DOMAIN]… [--seed N]

  --url    address of the server
  --rate   visits that begin in a second, over all sites
  --site   only this one of ${SITES.map(({ domain }) => domain).join(', ')}
  --seed   the same number sends the same people

The server must know the sites (footfall site add DOMAIN) and trust this machine as a proxy
(TRUSTED_PROXIES=127.0.0.0/8,::1), else all visitors come from one address.`

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    rate: { type: 'string', default: '1' },
    site: { type: 'string', multiple: true, default: SITES.map(({ domain }) => domain) },
    seed: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const sites = SITES.filter(({ domain }) => values.site.includes(domain))
const rate = Number(values.rate)
const seedNumber = values.seed === undefined ? undefined : Number(values.seed)

if (values.help) {
  say(USAGE)
} else if (
  sites.length === 0 ||
  !URL.canParse(values.url) ||
  !(rate > 0 && rate <= 10_000) ||
  (seedNumber !== undefined && !Number.isSafeInteger(seedNumber))
) {
  process.stderr.write(`Expected a URL, a rate above 0 and at most 10000, a whole number as seed and a known site.\n\n${USAGE}\n`)
  process.exitCode = 1
} else {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
  say(`Sending about ${rate} visits a second to ${values.url}. Ctrl-C ends it.`)
  await simulate({
    baseUrl: values.url,
    sites,
    ratePerSecond: rate,
    signal: stop.signal,
    log: say,
    ...(seedNumber !== undefined && { seedNumber }),
  })
}
