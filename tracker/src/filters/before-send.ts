import type { Filter } from '../extra.ts'

/**
 * The page's own word on every event.
 * @param name of a global function. Where it is missing or throws, nothing is sent: it may be there to take
 * something out that must not leave the page.
 */
export default (name: string): Filter =>
  (event) =>
    (self as unknown as Record<string, Filter>)[name]!(event)
