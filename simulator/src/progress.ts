/** Counts lines on their way and tells about once a second how far it is. */
export interface Progress {
  done(): number
  /** Sets the count back to a mark, for another try. */
  back(mark: number): void
  /** Passes the lines through, counted. The server answers only when they are stored, so the end of them is told too. */
  count(lines: Iterable<string>, label: string): Generator<string>
}

/** `total` lines are expected; `log` takes one line of text at a time. */
export function createProgress(total: number, log: (line: string) => void): Progress {
  const started = performance.now()
  let spoken = started
  let done = 0
  return {
    done: () => done,
    back: (mark) => {
      done = mark
    },
    *count(lines, label) {
      const before = done
      for (const line of lines) {
        yield line
        done++
        // The clock is asked only now and then: at 250,000 lines a second it would be the work.
        if (done % 256 !== 0) continue
        const now = performance.now()
        if (now - spoken < 1000) continue
        spoken = now
        const rate = done / ((now - started) / 1000)
        const left = Math.max(0, total - done) / rate
        const percent = Math.min(99, Math.floor((100 * done) / total))
        log(`${String(percent).padStart(3)} %  ${label}  ${Math.round(rate).toLocaleString('en')} lines/s  ${Math.ceil(left)} s left`)
      }
      log(`${label}: ${(done - before).toLocaleString('en')} lines sent; the server sorts and stores them`)
    },
  }
}
