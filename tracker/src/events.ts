import { ignored } from './ignore.ts'
import { type Outcome, send } from './queue.ts'

/** What may go with an event; names as in Plausible's tracker. */
export interface Details {
  props?: Record<string, string | number | boolean> | undefined
  revenue?: { amount: number | string; currency: string }
  /** false: the event does not cancel a bounce. */
  interactive?: boolean
  /** Address to count instead of the page's. */
  url?: string
  /** Called once, with the answer (`status`) or `error` of the first try; without an argument if the visit is not counted. */
  callback?: (outcome?: Outcome) => void
}

export interface Footfall {
  (name: string, details?: Details): void
  /** Calls made before the script had loaded. */
  q?: [name: string, details?: Details][]
  /** Set by this script, so that a second copy of it on the page stays silent. */
  l?: 1
}

/** Sends one event of the page, unless the visit is not to be counted. */
export const track = (name: string, details: Details, more?: { e: number; sd: number }) => {
  const t = Date.now()
  const sent: Promise<Outcome | void> = ignored
    ? Promise.resolve()
    : send({
        n: name,
        u: details.url || location.href,
        d: DOMAIN,
        r: document.referrer,
        p: details.props,
        $: details.revenue,
        i: details.interactive,
        v: 1,
        id: 'footfall:' + t + Math.random(),
        t,
        ...(HASH ? { h: 1, ...more } : more),
      })
  void sent.then(details.callback as (outcome: Outcome | void) => void)
}
