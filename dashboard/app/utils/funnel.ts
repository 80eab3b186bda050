import { FUNNEL_STEPS, FUNNEL_WINDOW } from '@footfall/contract/funnel-bounds.ts'
import type { FunnelBody, FunnelNumbers } from '@footfall/contract/funnels.ts'
import type { NewGoal } from '@footfall/contract/sites.ts'
import { allOf, numberIn, oneOf, type Query } from './address.ts'

/** What the page of funnels shows: a stored funnel, or steps that somebody is putting together. It lives in the address. */
export interface FunnelView {
  /** Id of a stored funnel; with `steps`, the one that is being changed. */
  stored: number | null
  /** Display names of goals; null where nothing is being put together. */
  steps: string[] | null
  window: number
  /** Dimension that the funnel is broken down by. */
  by: string | null
}

/** Dimensions to break down by. */
export const BREAKDOWNS = [
  'visit:source',
  'visit:channel',
  'visit:country',
  'visit:device',
  'visit:browser',
  'visit:os',
  'visit:language',
] as const

const [HOUR, DAY] = [3600, 86_400]
/** How long the way may take, from the first step to the last. */
export const WINDOWS = [
  { seconds: HOUR / 2, unit: 'minute', value: 30 },
  { seconds: HOUR, unit: 'hour', value: 1 },
  { seconds: DAY, unit: 'day', value: 1 },
  { seconds: 7 * DAY, unit: 'day', value: 7 },
  { seconds: 30 * DAY, unit: 'day', value: 30 },
] as const

/** `7 days`, in the language; a window that is not offered, in seconds. */
export function windowText(seconds: number, language: string): string {
  const { unit, value } = WINDOWS.find((each) => each.seconds === seconds) ?? { unit: 'second', value: seconds }
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** Reads the address; an empty `step` is an editor without a step yet. */
export function readFunnelView(query: Query): FunnelView {
  const steps = allOf(query.step).filter((step) => step !== '')
  const by = oneOf(query.by)
  return {
    stored: numberIn(query.funnel, 1, Number.MAX_SAFE_INTEGER, 0) || null,
    steps: query.step === undefined ? null : [...new Set(steps)].slice(0, FUNNEL_STEPS.most),
    window: numberIn(query.within, FUNNEL_WINDOW.least, FUNNEL_WINDOW.most, FUNNEL_WINDOW.usual),
    by: BREAKDOWNS.find((dimension) => dimension === by) ?? null,
  }
}

export const writeFunnelView = ({ stored, steps, window, by }: FunnelView): Query => ({
  ...(stored !== null && { funnel: String(stored) }),
  ...(steps && { step: steps.length > 0 ? steps : '' }),
  ...(steps && window !== FUNNEL_WINDOW.usual && { within: String(window) }),
  ...(by !== null && { by }),
})

/** What of a question says which funnel; null while there are too few steps for one. */
export function funnelAsked({ stored, steps, window }: FunnelView): Pick<FunnelBody, 'funnel' | 'steps' | 'window_seconds'> | null {
  if (steps) return steps.length >= FUNNEL_STEPS.least ? { steps, window_seconds: window } : null
  return stored === null ? null : { funnel: stored }
}

/** The goal that a typed step becomes: a path is a page, anything else the name of an event. */
export const goalOfStep = (site: string, text: string): NewGoal =>
  isPath(text) ? { site_id: site, goal_type: 'page', page_path: text } : { site_id: site, goal_type: 'event', event_name: text }
export const isPath = (text: string): boolean => /^[/*]/.test(text)

/** A column of the picture: its height and that of the next one, 0–1 of those who began. */
export interface FunnelColumn {
  height: number
  next: number | null
}

export function funnelColumns({ steps, entering_visitors: all }: FunnelNumbers): FunnelColumn[] {
  const height = (visitors: number | undefined) => (visitors === undefined || all === 0 ? 0 : visitors / all)
  return steps.map(({ visitors }, index) => ({
    height: height(visitors),
    next: index + 1 < steps.length ? height(steps[index + 1]?.visitors) : null,
  }))
}
