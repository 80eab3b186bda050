/** Parameters by which advertisers tell a click, those that decide a channel first. */
export const CLICK_IDS = [
  'gclid',
  'msclkid',
  'gbraid',
  'wbraid',
  'fbclid',
  'twclid',
  'ttclid',
  'li_fat_id',
  'dclid',
  'yclid',
  'igshid',
] as const

/** The first click id that an address carries; blank without one. Only its name is kept: the value would tell people apart. */
export function clickIdOf(has: (name: string) => boolean): string {
  return CLICK_IDS.find(has) ?? ''
}
