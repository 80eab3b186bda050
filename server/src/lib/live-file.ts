import { stat } from 'node:fs/promises'
import type { Log } from './app.ts'

/** What a file says, read again whenever it changes. */
export interface LiveFile<Content> {
  current(): Content
  /** Ends the watch; the content stays. */
  stop(): void
}

/** Whatever replaces a file changes one of these. */
async function stampOf(path: string): Promise<string> {
  const { mtimeNs, size, ino } = await stat(path, { bigint: true })
  return `${mtimeNs},${size},${ino}`
}

/**
 * Reads a file, and again when it is replaced or written. Asked every few seconds instead of by notification, because those
 * do not reach into network drives and containers. A file that cannot be read any more, or not yet, leaves the old content in force.
 * @param load throws where the file is not what it should be
 * @throws what `load` throws the first time
 */
export async function liveFile<Content>(
  path: string,
  load: (path: string) => Promise<Content>,
  { log, everyMs = 5_000 }: { log: Log; everyMs?: number },
): Promise<LiveFile<Content>> {
  let stamp = await stampOf(path).catch(() => '')
  let content = await load(path)
  let reading = false

  async function look(): Promise<void> {
    const found = await stampOf(path).catch(() => stamp)
    if (found === stamp) return
    // Kept also where reading fails: one warning for each version of the file. What is still being copied changes again.
    stamp = found
    try {
      content = await load(path)
      log.info({ path }, 'a changed file was read')
    } catch (error) {
      log.warn({ err: error, path }, 'a changed file cannot be read; what it said before stays in force')
    }
  }

  const timer = setInterval(() => {
    if (reading) return
    reading = true
    void look().finally(() => (reading = false))
  }, everyMs)
  timer.unref()
  return { current: () => content, stop: () => clearInterval(timer) }
}
