/** localStorage, or plain memory where the browser refuses it (private mode, sandboxed frame, full disk). */
export let store: Record<string, string | number> = {}
try {
  store = localStorage || store
} catch {
  // Memory it is: the queue then lives as long as the page.
}

export const keep = (key: string, value: string) => {
  try {
    store[key] = value
  } catch {
    store = { [key]: value }
  }
}
