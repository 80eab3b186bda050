import type { TextKey } from '../i18n/areas.ts'
import type { Condition } from './filters.ts'
import type { Panel, Tab } from './panels.ts'

/** The list of a panel that the address names, else its first. */
export const openTab = (panel: Panel, tabs: Record<string, string>): Tab =>
  panel.tabs.find(({ key }) => key === tabs[panel.key]) ?? panel.tabs[0]

/** The tabs of a panel as they stand in a row: lists of one group share one, which opens the first of them. */
export function headsOf(panel: Panel): { key: string; text: TextKey<'site'>; group: string }[] {
  const heads = panel.tabs.map(({ key, text, group }) => ({ key, text: group ?? text, group: group ?? key }))
  return heads.filter((head, at) => heads.findIndex(({ group }) => group === head.group) === at)
}

/** The lists to choose between behind the tab of this list; none where it stands alone. */
export const choicesOf = (panel: Panel, tab: Tab): Tab[] => (tab.group ? panel.tabs.filter(({ group }) => group === tab.group) : [])

/** A list narrowed by its own filter: of a browser that was chosen, its versions. */
export function narrowed(tab: Tab, filters: readonly Condition[]): Tab {
  const chosen = filters.some(({ operator, dimension, values }) => operator === 'is' && dimension === tab.dimension && values.length === 1)
  return chosen && tab.within ? { ...tab, ...tab.within } : tab
}

/** Open tabs after a list of a panel was chosen; the first needs no place in the address. */
export function showTab(panel: Panel, key: string, tabs: Record<string, string>): Record<string, string> {
  const { [panel.key]: _shown, ...others } = tabs
  return key === panel.tabs[0].key ? others : { ...others, [panel.key]: key }
}
