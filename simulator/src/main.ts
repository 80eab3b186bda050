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

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** What was asked for on the command line. Throws where it makes no sense. */
function readOptions() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      rate: { type: 'string', default: '1' },
      site: { type: 'string', multiple: true, default: SITES.map(({ domain }) => domain) },
      seed: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const sites = SITES.filter(({ domain }) => values.site.includes(domain))
  const rate = Number(values.rate)
  const seedNumber = values.seed === undefined ? undefined : Number(values.seed)
  if (!URL.canParse(values.url)) throw new TypeError(`--url: expected an address such as http://localhost:3000, got ${values.url}`)
  if (!(rate > 0 && rate <= 10_000)) throw new TypeError(`--rate: expected a number above 0 and at most 10000, got ${values.rate}`)
  if (sites.length === 0) throw new TypeError(`--site: expected one of the sites below, got ${values.site.join(', ')}`)
  if (seedNumber !== undefined && !Number.isSafeInteger(seedNumber))
    throw new TypeError(`--seed: expected a whole number, got ${values.seed}`)
  return { url: values.url, help: values.help, rate, sites, seedNumber }
}

async function main(): Promise<void> {
  const { url, help, rate, sites, seedNumber } = readOptions()
  if (help) return say(USAGE)
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
  say(`Sending about ${rate} visits a second to ${url}. Ctrl-C ends it.`)
  await simulate({
    baseUrl: url,
    sites,
    ratePerSecond: rate,
    signal: stop.signal,
    log: say,
    ...(seedNumber !== undefined && { seedNumber }),
  })
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
  process.exitCode = 1
})
