/**
 * For log lines about something that goes wrong with every request while it lasts, a full disk or a database that is away: a
 * line for each would bury all others, and fill the disk that is full.
 * @param milliseconds between two lines about the same
 * @returns answers how often the same happened unsaid since the last line, or null where it is too early for another
 */
export function seldom(milliseconds: number, clock: () => number = Date.now): (what: string) => number | null {
  const said = new Map<string, { at: number; unsaid: number }>()
  return (what) => {
    const now = clock()
    const last = said.get(what)
    if (last && now - last.at < milliseconds) {
      last.unsaid += 1
      return null
    }
    // What is said comes from code, with numbers in it at most; still nobody shall make this grow.
    if (said.size >= 100) said.clear()
    said.set(what, { at: now, unsaid: 0 })
    return last?.unsaid ?? 0
  }
}
