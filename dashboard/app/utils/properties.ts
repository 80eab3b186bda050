import type { NamesResult } from '@footfall/contract/names-used.ts'
import type { Tab } from './panels.ts'

const PROPS = 'event:props:'
/** What stands for events without the property (docs/definitions.md, Dimensions). */
const NONE = '(none)'

/** The list of the values of a property, among events that carry it. */
export const propertyTab = (name: string): Tab => ({
  key: 'properties',
  text: 'properties',
  dimension: PROPS + name,
  heading: 'value',
  metrics: ['visitors', 'percentage'],
  without: NONE,
})

/** Measurements of pages are properties too; they have a panel of their own. */
export const ownProperties = (filters: unknown[]): unknown[] => [...filters, ['is_not', 'event:name', ['web-vitals']]]

/** The property that the address names, else the one of most visitors; null without any. One that is not in the list has no rows. */
export function shownProperty(names: NamesResult['properties'], wanted: string | undefined): string | null {
  return names.find(({ name }) => name === wanted)?.name ?? names[0]?.name ?? null
}

/** Dimensions of properties, for a filter made by hand. */
export const propertyDimensions = (names: NamesResult['properties']): string[] => names.map(({ name }) => PROPS + name)
