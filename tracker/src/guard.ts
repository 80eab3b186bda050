/** Wraps an entry point, so that no mistake of ours reaches the page that was kind enough to load us. */
export const guard =
  <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return run(...args)
    } catch {
      // Nobody to tell: the page is not ours.
    }
  }

/** Listens, guarded, on the window and in the capture phase: there every event passes, whatever the page stops later. */
export const listen = (types: string, run: (event: never) => unknown) =>
  types.split(' ').forEach((type) => addEventListener(type, guard(run as (event: Event) => unknown), true))
