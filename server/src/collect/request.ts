import type { IncomingHttpHeaders } from 'node:http'
import { readAgent } from './agent.ts'
import type { Sender } from './address.ts'
import { readHints } from './client-hints.ts'
import type { Incoming } from './draft.ts'
import type { Hit } from './parse.ts'

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? '') : (value ?? ''))

/** What the headers of a request add to its body. */
export function readIncoming(hit: Hit, headers: IncomingHttpHeaders, sender: Sender, now: number): Incoming {
  const agentText = headers['user-agent'] ?? ''
  return {
    hit,
    now,
    address: sender.address,
    agentText,
    agent: readAgent(agentText, readHints(headers)),
    language: readLanguage(headers['accept-language']),
    prefetch: one(headers['sec-purpose'] ?? headers.purpose ?? headers['x-moz']).includes('prefetch'),
    doNotTrack: headers.dnt === '1' || headers['sec-gpc'] === '1',
    addressType: sender.proxied ? one(headers['x-plausible-ip-type']) : '',
    served: [],
  }
}

/** The language that the browser wants most, without region: `de` of `de-AT,de;q=0.9`. */
export function readLanguage(header: string | undefined): string {
  return /^\s*([a-z]{2,3})(?![a-z])/i.exec(header ?? '')?.[1]?.toLowerCase() ?? ''
}
