import type { Details, Outcome } from './api.ts'
import { ignored } from './ignore.ts'
import { send } from './queue.ts'
import { sift } from './sift.ts'

export interface Footfall {
  (name: string, details?: Details): void
  /** Calls made before the script had loaded. */
  q?: [name: string, details?: Details][]
  /** Set by this script, so that a second copy of it on the page stays silent. */
  l?: 1
}

/**
 * Sends one event of the page, unless the visit is not to be counted.
 * @param last more keys of the event; given only with the last words of a page that is being left
 */
export const track = (name: string, details: Details, last?: { e?: number; sd?: number }) => {
  const t = Date.now()
  const sent: Promise<Outcome | void> = ignored
    ? Promise.resolve()
    : (FILTER ? sift : send)(
        {
          n: name,
          u: details.url || location.href,
          d: DOMAIN,
          r: document.referrer,
          p: details.props,
          $: details.revenue,
          i: details.interactive,
          w: innerWidth,
          id: 'footfall:' + t + Math.random(),
          t,
          ...(TITLES && { dt: details.title || document.title }),
          ...(HASH ? { h: 1, ...last } : last),
        },
        last,
      )
  void sent.then(details.callback as (outcome: Outcome | void) => void)
}
