import type { Outcome, Payload } from './api.ts'
import { guard } from './guard.ts'
import { keep, store } from './store.ts'

/** Relative to the script's own address, so that a base path or a proxy under the visited site's name needs no setting. */
const endpoint = new URL(ENDPOINT, BASE)

/** Milliseconds. Doubles with every retry. It needs no bound: whatever gets through resets it and sends the rest at once. */
let delay = 1e4
let timer: number

const retryLater = () => {
  clearTimeout(timer)
  timer = setTimeout(retry, delay * (1 + Math.random()))
}

/**
 * One try. The event stays in the store until it gets a final answer: 2xx, or a 4xx that another try cannot change.
 * A string body makes `text/plain`, which needs no CORS preflight; `keepalive` lets the request outlive the page.
 * `store.footfall` is the time until which a server asked for patience (`Retry-After`): of all tabs, and over page loads.
 * @param last whether it is the last word of a page that is being left
 */
export const send = (event: Payload, last?: unknown): Promise<Outcome> => {
  event.s = Date.now()
  const body = JSON.stringify(event)
  // The last words of a page that is being left never see their answer. Kept, each would be sent twice, on every
  // page of every site that loads pages the classic way; so they are kept only once they have failed.
  if (!last) keep(event.id, body)
  retryLater()
  return (event.s < (store.footfall as number) ? Promise.reject() : fetch(endpoint, { method: 'POST', body, keepalive: true }))
    .then((response): Outcome => {
      if (/5..|429|408/.test(response.status as unknown as string)) throw response.headers.get('Retry-After')
      delete store[event.id]
      delay = 1e4
      retry()
      return response
    })
    .catch((error) => {
      keep(event.id, body)
      if (error > 0) store.footfall = Date.now() + error * 1e3
      return { error }
    })
}

/** Sends the oldest event that waits; its success sends the next. Keeps 100 events; those that are too old by then the server refuses, and counts as refused. */
const drain = guard((): unknown => {
  const ids = Object.keys(store).filter((key) => /^footfall:\d/.test(key))
  let left = ids.length
  // oxlint-disable-next-line unicorn/no-array-sort -- toSorted is younger than the browsers that this runs in
  for (const id of ids.sort()) {
    const event: Payload = JSON.parse(store[id] as string)
    if (--left > 99) delete store[id]
    else {
      retryLater()
      return Date.now() - event.s! > 1e4 && ((delay *= 2), send(event))
    }
  }
})

/**
 * One tab at a time. Where a page has no locks (plain http), the time in `s` keeps tabs apart, unless they wake within the
 * milliseconds that browsers need to show one tab what another has stored; the server counts an id once anyway.
 */
export const retry = (): unknown => navigator.locks?.request('footfall', drain).catch(drain) ?? drain()
