import { showTab } from '../utils/panel-tabs.ts'
import type { Panel, Tab } from '../utils/panels.ts'
import type { Row } from '../utils/rows.ts'
import { useSiteView } from './useSiteView.ts'

/** What a click on a row does: it filters, or takes its filter away; where its list leads on, as from a country to its regions, the panel goes along. */
export function useRowFilter(list: () => { tab: Tab; panel?: Panel | undefined }) {
  const { view, filter } = useSiteView()
  const isOn = ({ value }: Row) =>
    view.value.filters.some(
      ({ dimension, operator, values }) => dimension === list().tab.dimension && operator === 'is' && values.includes(value),
    )
  return {
    isOn,
    choose(row: Row): void {
      const { tab, panel } = list()
      const tabs = panel && tab.next && !isOn(row) ? showTab(panel, tab.next, view.value.tabs) : view.value.tabs
      filter({ operator: 'is', dimension: tab.dimension, values: [row.value] }, { tabs })
    },
  }
}
