import { view } from './engagement.ts'
import { guard } from './guard.ts'

let path: string | undefined

/**
 * Counts the page where its path is a new one; a changed query is the same page, as it is on the server.
 * A page that is prerendered, or opened in a background tab, is counted once somebody sees it.
 */
export const navigate = guard(() => {
  if (!document.hidden && path !== (path = location.pathname + (HASH ? location.hash : ''))) view({})
})
