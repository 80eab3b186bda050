import { memo } from '../memo.ts'
import { SPAM_HOSTS, SPAM_WORDS } from './spam-hosts.ts'

const hosts = new Set(SPAM_HOSTS.split(/\s+/).filter(Boolean))

const isSpamHost = memo(4_000, (host: string): boolean => {
  if (SPAM_WORDS.test(host)) return true
  for (let part = host; ; part = part.slice(part.indexOf('.') + 1)) {
    if (hosts.has(part)) return true
    if (!part.includes('.')) return false
  }
})

/** Does the referrer (a whole address) belong to those that are only sent to be seen in statistics? */
export function isSpamReferrer(referrer: string): boolean {
  const start = referrer.indexOf('://')
  if (start < 0) return false
  const host = /^[^/?#:]+/.exec(referrer.slice(start + 3, start + 259))?.[0]
  return host !== undefined && isSpamHost(host.toLowerCase())
}
