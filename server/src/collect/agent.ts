import { createIsbotFromList, isbot, list } from 'isbot'
import { memo } from '../lib/memo.ts'
import { refine, type ClientHints } from './client-hints.ts'
import { BROWSERS, DEVICES, FIRE_OS, SYSTEMS, TOOLS } from './agent-rules.ts'

/** What a user agent says about itself. Blank means unknown. */
export interface Agent {
  bot: boolean
  browser: string
  /** At most two parts: `124.0`. */
  browser_version: string
  os: string
  os_version: string
  /** Desktop, Mobile, Tablet or blank. */
  device: string
}

/** Longer agents are cut: no browser sends that much, and time to read grows with length. */
const MAX_LENGTH = 1_024

/**
 * isbot takes every agent of one word for a bot, and every HTTP library. A program that posts events from a server
 * says its name like that, so for agents that do not pretend to be a browser only the other patterns count.
 */
const isNamedBot = createIsbotFromList([
  ...list.filter((pattern) => !TOOLS.some((tool) => new RegExp(pattern, 'i').test(tool))),
  '\\+https?:',
])

function isBot(agent: string): boolean {
  return /^(?:Mozilla|Opera)\//.test(agent) ? isbot(agent) : isNamedBot(agent)
}

function shorten(version: string | undefined): string {
  return version ? version.replaceAll('_', '.').split('.', 2).filter(Boolean).join('.') : ''
}

function read(agent: string): Agent {
  const browser = BROWSERS.find((rule) => rule.test.test(agent))
  const system = SYSTEMS.find((rule) => rule.test.test(agent))
  const device = DEVICES.find((rule) => rule.test.test(agent))?.name ?? ''
  const number = browser?.name === 'Mobile App' ? undefined : browser?.test.exec(agent)?.[1]
  let version = shorten(system?.test.exec(agent)?.[1])
  if (system?.name === 'Fire OS') version = FIRE_OS[version.split('.')[0]!] ?? ''
  if (system?.name === 'Windows') version = system.versions?.[version] ?? version
  return {
    bot: isBot(agent),
    browser: browser?.name ?? '',
    browser_version: shorten(number),
    os: system?.name ?? '',
    os_version: version,
    device,
  }
}

const remembered = memo(4_000, read)
const short = (agent: string) => (agent.length > MAX_LENGTH ? agent.slice(0, MAX_LENGTH) : agent)

/** Hints and agent in one text: a header has no line breaks, so it takes apart again. */
const refined = memo(4_000, (key: string): Agent => {
  const [brands = '', mobile = '', platform = '', platformVersion = '', ...agent] = key.split('\n')
  return refine(remembered(agent.join('\n')), { brands, mobile, platform, platformVersion })
})

/**
 * Reads a user agent and the client hints that came with it, if any. Never throws; results of the last ones are kept, as most visitors share a few.
 */
export function readAgent(agent: string, hints: ClientHints | null = null): Agent {
  if (hints === null) return remembered(short(agent))
  return refined(`${hints.brands}\n${hints.mobile}\n${hints.platform}\n${hints.platformVersion}\n${short(agent)}`)
}
