/** Lets something run in its turn. @throws the signal's reason where the client has left before or while it ran */
export type Turns = <Result>(run: () => Promise<Result>, signal?: AbortSignal) => Promise<Result>

/**
 * Runs one at a time, in the order of asking; who left while waiting never runs.
 *
 * For chdb, which has no other way: it works on one statement at a time whoever asks, and cannot stop one that runs (its
 * `abort_signal` only stops listening: the statement after an aborted one of 11 seconds waited for 11 seconds). Without
 * turns, ten questions of a dashboard that is long closed would run before the writer's next batch. With them, a batch waits for one
 * statement at most, and that ends by its limit of time (query.ts).
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return async (run, signal) => {
    const turn = last.then(() => {
      signal?.throwIfAborted()
      return run()
    })
    last = turn.catch(() => undefined)
    if (!signal) return turn
    const left = Promise.withResolvers<never>()
    const leave = () => left.reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await Promise.race([turn, left.promise])
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }
}
