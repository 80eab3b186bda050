/** The whole script: what it listens to, and what it gives to the page. The build wraps it in a `try`. */
import type { Details } from './api.ts'
import { measure, report, view } from './engagement.ts'
import { type Footfall, track } from './events.ts'
import { guard, listen } from './guard.ts'
import { navigate } from './pages.ts'
import { retry } from './queue.ts'

const early = self.footfall
if (!early?.l) {
  const footfall: Footfall = guard((name: string, details: Details = {}) => (name === 'pageview' ? view(details) : track(name, details)))
  footfall.l = 1
  self.footfall = footfall

  listen('scroll focus blur', measure)
  listen('pagehide visibilitychange', report)
  listen('online', retry)
  if (!MANUAL) {
    // A router changes the address first and the title a moment later: a view counted in between would have that of the page before.
    const moved = TITLES ? () => setTimeout(navigate, 99) : navigate
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name]
      history[name] = (...args) => {
        original.apply(history, args)
        moved()
      }
    }
    // A changed fragment is a `popstate` too, in every browser.
    listen('popstate visibilitychange', moved)
    // Back from the back/forward cache: seen again, though nothing was loaded.
    listen('pageshow', (event: PageTransitionEvent) => event.persisted && view({}))
    navigate()
  }
  if (EXTRAS) EXTRAS.forEach((extra) => guard(extra)(track, listen))

  early?.q?.forEach((call) => footfall(...call))
  retry()
}
