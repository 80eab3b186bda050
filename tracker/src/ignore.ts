import { store } from './store.ts'

/** Visits that nobody wants counted: the owner's own, those of robots, and of a site under development (no host: a file). */
export const ignored =
  (store.footfall_ignore || store.plausible_ignore) === 'true' ||
  navigator.webdriver ||
  (!LOCALHOST && /^$|localhost$|^127[\d.]+$|^\[::1/.test(location.hostname))
