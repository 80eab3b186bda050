import type { Details } from './api.ts'
import { track } from './events.ts'

let page: Details
/** Engaged milliseconds not yet reported, and since when the page has been looked at (false: it is not). */
let engaged: number
let since: number | false
/** Largest scroll depth in pixels (in percent, the first screen of a page still growing would be all of it) … */
let bottom: number
/** … and what was last reported of it, in percent. */
let reported: number
// All undefined until the first page: no number is larger than that, so nothing is sent before it.

/** Brings time and depth up to now: whenever the page is scrolled, gets or loses the focus. */
export const measure = () => {
  const now = Date.now()
  if (since) engaged += now - since
  since = !document.hidden && document.hasFocus() && now
  bottom = Math.max(bottom, scrollY + innerHeight)
}

/** Sends what the page has gathered: on leaving it, for another tab, another page or for good. Less than 3 s say nothing. */
export const report = () => {
  measure()
  // More than 100 after a page has shrunk, or with its margins; the server takes that for 100.
  const depth = ((bottom / document.documentElement.scrollHeight) * 100 + 0.5) | 0
  if (depth > reported || engaged > 3e3) {
    track('engagement', page, { e: engaged, sd: depth })
    engaged = 0
    reported = depth
  }
}

/** Counts a page view, after the last words of the page before it. Address and properties go with its engagement pings too. */
export const view = (details: Details) => {
  report()
  track('pageview', details)
  page = { url: details.url || location.href, props: details.props, ...(TITLES && { title: details.title || document.title }) }
  engaged = bottom = reported = 0
}
