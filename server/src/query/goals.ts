import type { Goal } from '@footfall/contract/sites.ts'
import type { Condition } from '../storage/question.ts'
import { propField } from './dimensions.ts'
import type { Leaf } from './filters.ts'

const is = (field: 'event:name' | 'event:page', value: string): Condition => ({
  kind: 'match',
  field,
  operator: 'is',
  values: [value],
  anyCase: false,
})

function onPage(path: string): Condition {
  return path.includes('*')
    ? { kind: 'match', field: 'event:page', operator: 'wildcard', values: [path], anyCase: false }
    : is('event:page', path)
}

/** A goal that is met by scrolling; such a goal has no count of events. */
export const isScrollGoal = (goal: Goal): boolean =>
  goal.goal_type === 'page' && goal.scroll_threshold !== undefined && goal.scroll_threshold >= 0

/** Which events meet a goal. Unknown scroll depths are stored as 255 and meet none. */
export function goalCondition(goal: Goal): Condition {
  const props = Object.entries(goal.custom_props ?? {}).map(([key, value]): Condition => ({
    kind: 'match',
    field: propField(key),
    operator: 'is',
    values: [value],
    anyCase: false,
  }))
  if (goal.goal_type === 'event') return { kind: 'all', of: [is('event:name', goal.event_name ?? ''), ...props] }
  const page = onPage(goal.page_path ?? '')
  if (!isScrollGoal(goal)) return { kind: 'all', of: [is('event:name', 'pageview'), page, ...props] }
  return {
    kind: 'all',
    of: [is('event:name', 'engagement'), page, { kind: 'scroll', from: goal.scroll_threshold ?? 0, to: 100 }, ...props],
  }
}

/** Goals whose display name a filter means: the whole name (`is`) or a part of it (`contains`). */
export function goalsOf(leaf: Leaf, goals: Goal[]): Goal[] {
  const fold = (text: string) => (leaf.caseSensitive === false ? text.toLowerCase() : text)
  const values = leaf.values.map((value) => fold(String(value)))
  return goals.filter((goal) => {
    const name = fold(goal.display_name)
    return values.some((value) => (leaf.comparison === 'is' ? name === value : name.includes(value)))
  })
}
