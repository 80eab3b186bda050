import type { Filter } from '../extra.ts'

/**
 * Lets through the events of some pages only.
 * @param pattern source of a regular expression for their path (and fragment, where that is part of the page): `pagePattern` of the contract
 */
export default (pattern: string): Filter =>
  (event) => {
    const { pathname, hash } = new URL(event.u)
    return RegExp(pattern).test(event.h ? pathname + hash : pathname) && event
  }
