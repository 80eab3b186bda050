/** Bounds of a funnel, in a file without schemas: the dashboard needs them and should not load a validator for two numbers. */

/** Two steps make a way; eight are what a person can read, and what Plausible allows. */
export const FUNNEL_STEPS = { least: 2, most: 8 } as const
/** Seconds from the first step to the last. */
export const FUNNEL_WINDOW = { least: 1, most: 90 * 86_400, usual: 86_400 } as const
