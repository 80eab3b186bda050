import type { TextKey } from '../i18n/areas.ts'
import { PERIODS } from './period.ts'
import { sitePages } from './site-pages.ts'

/** Keys pressed one after the other. */
const CHORD = 'g'
/** Who pressed G and then did something else began nothing. */
const CHORD_MILLISECONDS = 2000

/**
 * Reads keys as they are pressed and says which shortcut they are: `d`, `?`, `escape`, or of two keys in a row `g r`.
 * Null while a second key is awaited, and for keys that are none (Shift, arrows).
 */
export function createKeyReader(): (key: string, at: number) => string | null {
  let begun = -Infinity
  return (key, at) => {
    if (key.length > 1 && key !== 'Escape') return null
    const name = key.toLowerCase()
    const second = at - begun < CHORD_MILLISECONDS
    begun = !second && name === CHORD ? at : -Infinity
    if (second) return `${CHORD} ${name}`
    return name === CHORD ? null : name
  }
}

/** A line of the sheet: what to press, and the text that says what it does. */
export interface Shortcut {
  keys: readonly string[]
  text: { of: 'shortcuts'; key: TextKey<'shortcuts'> } | { of: 'site'; key: TextKey<'site'> } | { of: 'nav'; key: TextKey<'nav'> }
}
export interface ShortcutGroup {
  title: TextKey<'shortcuts'>
  shortcuts: Shortcut[]
}

const own = (key: TextKey<'shortcuts'>, ...keys: string[]): Shortcut => ({ keys, text: { of: 'shortcuts', key } })

/**
 * Every shortcut there is, for the sheet.
 *
 * @param guest whoever has no account goes to fewer places
 */
export const shortcutGroups = (guest: boolean): ShortcutGroup[] => [
  {
    title: 'goTo',
    shortcuts: [
      ...sitePages(guest).map(({ shortcut, text }): Shortcut => ({ keys: ['G', shortcut], text: { of: 'nav', key: text } })),
      ...(guest ? [] : [own('allSites', 'G', 'A'), own('switchSite', 'S')]),
      own('thisSheet', '?'),
    ],
  },
  {
    title: 'period',
    shortcuts: [
      ...PERIODS.map(({ shortcut, text }): Shortcut => ({ keys: [shortcut], text: { of: 'site', key: text } })),
      { keys: ['J'], text: { of: 'site', key: 'periodBefore' } },
      { keys: ['K'], text: { of: 'site', key: 'periodAfter' } },
    ],
  },
  {
    title: 'view',
    shortcuts: [{ keys: ['/'], text: { of: 'site', key: 'addFilter' } }, own('compare', 'X'), own('stepBack', 'Esc')],
  },
  {
    title: 'graph',
    shortcuts: [own('move', '←', '→'), own('ends', 'Home', 'End'), own('openPoint', 'Enter'), own('stretch', 'Shift', '←', '→')],
  },
]
