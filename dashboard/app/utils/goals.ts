import type { NamesResult } from '@footfall/contract/names-used.ts'
import type { Goal, NewGoal } from '@footfall/contract/sites.ts'
import type { Say } from '../i18n/areas.ts'

/** The three kinds of goal, as a person chooses one. */
export const GOAL_KINDS = [
  { key: 'event', label: 'kindEvent', what: 'eventName', example: 'Signup', help: 'eventHelp' },
  { key: 'page', label: 'kindPage', what: 'page', example: '/thank-you', help: 'pageHelp' },
  { key: 'scroll', label: 'kindScroll', what: 'page', example: '/blog/**', help: 'scrollHelp' },
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
export function goalText(goal: Goal, t: Say<'settings'>): string {
  const page = goal.page_path ?? ''
  const what =
    goal.goal_type === 'event'
      ? t('goalEvent', { name: goal.event_name ?? '' })
      : goal.scroll_threshold === undefined
        ? t('goalPage', { page })
        : t('goalScroll', { depth: goal.scroll_threshold, page })
  const props = Object.entries(goal.custom_props ?? {}).map(([name, value]) => ` ${t('goalProp', { name, value })}`)
  return what + props.join('') + (goal.currency ? `, ${t('goalCurrency', { currency: goal.currency })}` : '')
}
