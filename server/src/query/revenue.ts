import type { RevenueAmount } from '@footfall/contract/query.ts'
import type { Goal } from '@footfall/contract/sites.ts'
import type { Filter } from './filters.ts'
import { goalsOf } from './goals.ts'
import type { Query } from './query.ts'
import { isRevenue } from './metrics.ts'

/** Goals that every filter on goals at the top lets through. */
export function selectedGoals(filters: Filter[], goals: Goal[]): Goal[] {
  return filters.reduce((left, filter) => (filter.kind === 'leaf' && filter.field === 'event:goal' ? goalsOf(filter, left) : left), goals)
}

const WARNINGS = {
  no_revenue_goals_matching: 'Revenue is null: no goal that the query selects has a currency',
  no_single_revenue_currency: 'Revenue is null: the goals that the query selects have several currencies; filter for goals of one',
} as const

/** In which currency revenue is told: one for all rows, or (blank) that of each row's goal. `warning` where there is none. */
export type RevenueCurrency = { currency: string } | { warning: keyof typeof WARNINGS }

export function revenueCurrency(query: Query): RevenueCurrency {
  const currencies = new Set(selectedGoals(query.filters, query.goals).flatMap((goal) => goal.currency ?? []))
  const byGoal = query.dimensions.some(({ kind }) => kind === 'goal')
  const [only] = currencies
  if (only === undefined) return { warning: 'no_revenue_goals_matching' }
  if (byGoal) return { currency: '' }
  return currencies.size === 1 ? { currency: only } : { warning: 'no_single_revenue_currency' }
}

export function revenueWarnings(query: Query): Record<string, { code: string; warning: string }> | undefined {
  const metrics = query.metrics.filter(isRevenue)
  const found = revenueCurrency(query)
  if (metrics.length === 0 || 'currency' in found) return undefined
  return Object.fromEntries(metrics.map((metric) => [metric, { code: found.warning, warning: WARNINGS[found.warning] }]))
}

/** An amount with its texts for people; `value` has at most three decimals. */
export function revenueAmount(value: number, currency: string): RevenueAmount {
  const format = (options: Intl.NumberFormatOptions) => {
    try {
      return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...options }).format(value)
    } catch {
      return `${value} ${currency}` // Not a code that Intl takes for a currency.
    }
  }
  return { value, currency, short: format({ notation: 'compact', minimumFractionDigits: 1, maximumFractionDigits: 1 }), long: format({}) }
}
