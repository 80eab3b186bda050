import type { NamesResult } from '@footfall/contract/names-used.ts'
import type { Goal, NewGoal } from '@footfall/contract/sites.ts'

/** The three kinds of goal, as a person chooses one. */
export const GOAL_KINDS = [
  { key: 'event', label: 'Event', what: 'Name of the event', example: 'Signup', help: "What your page sends: footfall('Signup')." },
  { key: 'page', label: 'Page', what: 'Page', example: '/thank-you', help: '* stands for a part of the path, ** for any path: /blog/**.' },
  { key: 'scroll', label: 'Scroll', what: 'Page', example: '/blog/**', help: 'Reached by who reads the page this far.' },
] as const
export type GoalKind = (typeof GOAL_KINDS)[number]['key']

/** What the form of a new goal holds. */
export interface GoalForm {
  kind: GoalKind
  /** Name of the event, or path of the page. */
  value: string
  /** Percent of the page, for `scroll`. */
  depth: number
  /** Empty: the server names it. */
  name: string
}

/** Events that were sent and may be goals; page views are chosen by their page. */
export const eventNames = ({ events }: Pick<NamesResult, 'events'>): string[] =>
  events.map(({ name }) => name).filter((name) => name !== 'pageview' && name !== 'web-vitals')

/** What the server is asked to make of the form. A path without its slash gets one: people leave it out. */
export function newGoal(site: string, form: GoalForm): NewGoal {
  const value = form.value.trim()
  const name = form.name.trim()
  const shared = { site_id: site, ...(name !== '' && { display_name: name }) }
  if (form.kind === 'event') return { ...shared, goal_type: 'event', event_name: value }
  const page_path = /^[/*]/.test(value) ? value : `/${value}`
  return { ...shared, goal_type: 'page', page_path, ...(form.kind === 'scroll' && { scroll_threshold: form.depth }) }
}

/** The server is asked to make a deleted goal again: undo. */
export const sameGoal = (site: string, { id: _id, ...goal }: Goal): NewGoal => ({ site_id: site, ...goal })

/** What reaches a goal, in words. */
export function goalText(goal: Goal): string {
  const props = Object.entries(goal.custom_props ?? {}).map(([name, value]) => ` with ${name} “${value}”`)
  const what =
    goal.goal_type === 'event'
      ? `Event ${goal.event_name ?? ''}`
      : goal.scroll_threshold === undefined
        ? `Page ${goal.page_path ?? ''}`
        : `${goal.scroll_threshold}% of ${goal.page_path ?? ''}`
  return what + props.join('') + (goal.currency ? `, in ${goal.currency}` : '')
}
