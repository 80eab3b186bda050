import type { Device } from './profile.ts'
import { type Random, weighted } from './random.ts'

/** A browser: what it calls itself, and what a collector reads out of that. */
export interface Client {
  agent: string
  browser: string
  browserVersion: string
  os: string
  osVersion: string
  device: Device
}

/**
 * Rows: share among devices of its kind, browser, major version(s), then system and the agent with VERSION in it.
 * Shares follow the public counts of late 2026 in rough steps. Versions of systems are those that browsers still
 * admit: Chromium has frozen them ("Windows NT 10.0", "Mac OS X 10_15_7", "Android 10; K"), as has Safari on a Mac.
 * Names are those of the correctness cases: "Microsoft Edge", "Samsung Browser", "GNU/Linux", "Mac".
 */
type Row = [share: number, browser: string, versions: readonly string[], os: string, osVersion: string, agent: string]

const CHROME = ['154', '154', '154', '153', '150'] as const
const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const APPLE = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const WINDOWS = 'Windows NT 10.0; Win64; x64'
const MAC = 'Macintosh; Intel Mac OS X 10_15_7'

const ROWS: Record<Device, readonly Row[]> = {
  Desktop: [
    [42, 'Chrome', CHROME, 'Windows', '10', `Mozilla/5.0 (${WINDOWS}) ${WEBKIT} Chrome/VERSION.0.0.0 Safari/537.36`],
    [17, 'Chrome', CHROME, 'Mac', '10.15', `Mozilla/5.0 (${MAC}) ${WEBKIT} Chrome/VERSION.0.0.0 Safari/537.36`],
    [12, 'Safari', ['26.5', '27.0', '18.6'], 'Mac', '10.15', `Mozilla/5.0 (${MAC}) ${APPLE} Version/VERSION Safari/605.1.15`],
    [
      13,
      'Microsoft Edge',
      ['154', '153'],
      'Windows',
      '10',
      `Mozilla/5.0 (${WINDOWS}) ${WEBKIT} Chrome/VERSION.0.0.0 Safari/537.36 Edg/VERSION.0.0.0`,
    ],
    [5, 'Firefox', ['155', '154', '140'], 'Windows', '10', `Mozilla/5.0 (${WINDOWS}; rv:VERSION.0) Gecko/20100101 Firefox/VERSION.0`],
    [
      2,
      'Firefox',
      ['155', '154'],
      'Mac',
      '10.15',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:VERSION.0) Gecko/20100101 Firefox/VERSION.0',
    ],
    [3, 'Firefox', ['155', '140'], 'GNU/Linux', '', 'Mozilla/5.0 (X11; Linux x86_64; rv:VERSION.0) Gecko/20100101 Firefox/VERSION.0'],
    [3, 'Chrome', CHROME, 'GNU/Linux', '', `Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/VERSION.0.0.0 Safari/537.36`],
    [3, 'Opera', ['124', '123'], 'Windows', '10', `Mozilla/5.0 (${WINDOWS}) ${WEBKIT} Chrome/140.0.0.0 Safari/537.36 OPR/VERSION.0.0.0`],
  ],
  Mobile: [
    [50, 'Chrome', CHROME, 'Android', '10', `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/VERSION.0.0.0 Mobile Safari/537.36`],
    [
      33,
      'Safari',
      ['26.5', '26.4', '26.2'],
      'iOS',
      '18.7',
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${APPLE} Version/VERSION Mobile/15E148 Safari/604.1`,
    ],
    [
      6,
      'Samsung Browser',
      ['29', '28'],
      'Android',
      '10',
      `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} SamsungBrowser/VERSION.0 Chrome/136.0.0.0 Mobile Safari/537.36`,
    ],
    [
      6,
      'Chrome',
      ['154', '153'],
      'iOS',
      '18.7',
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) ${APPLE} CriOS/VERSION.0.7444.46 Mobile/15E148 Safari/604.1`,
    ],
    [3, 'Firefox', ['155', '154'], 'Android', '15', 'Mozilla/5.0 (Android 15; Mobile; rv:VERSION.0) Gecko/VERSION.0 Firefox/VERSION.0'],
  ],
  Tablet: [
    [
      60,
      'Safari',
      ['18.6', '17.6'],
      'iPadOS',
      '18.6',
      `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${APPLE} Version/VERSION Mobile/15E148 Safari/604.1`,
    ],
    [40, 'Chrome', CHROME, 'Android', '10', `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/VERSION.0.0.0 Safari/537.36`],
  ],
}

function clients(device: Device): (readonly [Client, number])[] {
  return ROWS[device].flatMap(([share, browser, versions, os, osVersion, agent]) =>
    versions.map((version) => {
      const browserVersion = version.includes('.') ? version : `${version}.0`
      return [
        { agent: agent.replaceAll('VERSION', version), browser, browserVersion, os, osVersion, device },
        share / versions.length,
      ] as const
    }),
  )
}

const BY_DEVICE = { Desktop: weighted(clients('Desktop')), Mobile: weighted(clients('Mobile')), Tablet: weighted(clients('Tablet')) }

/** Every client there is, for tests that put their agents through the collector's parser. */
export const CLIENTS: readonly Client[] = (['Desktop', 'Mobile', 'Tablet'] as const).flatMap((device) =>
  clients(device).map(([client]) => client),
)

/** A browser on this kind of device, as often as people use it. */
export function client(device: Device, random: Random): Client {
  return BY_DEVICE[device](random)
}
