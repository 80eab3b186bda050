/** Names that mean something of their own here. */
const OURS = new Map([
  ['pageview', 'Pageview'],
  ['engagement', 'Engagement'],
])

/** Name of a custom event of a product in which page views are told by other means: one called `pageview` there is none here. */
export function customName(name: string): string {
  return OURS.get(name) ?? name
}
