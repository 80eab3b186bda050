/** What the server says about this installation in index.html (dashboard/README.md). */
export interface Settings {
  /** Public address of the installation, without a slash at the end. */
  baseUrl: string
  trackerName: string
  version: string
}

/** Reads the data block of the page; where no server filled it in (`nuxt dev`), the page's own address has to do. */
export function readSettings(text: string | null | undefined, origin: string): Settings {
  const defaults: Settings = { baseUrl: origin, trackerName: 'tracker.js', version: 'dev' }
  try {
    return { ...defaults, ...(JSON.parse(text ?? '') as Partial<Settings>) }
  } catch {
    return defaults
  }
}
