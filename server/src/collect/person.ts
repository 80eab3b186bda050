import { EVENT_LIMITS } from '@footfall/contract/event.ts'
import { readProps } from '../lib/props.ts'
import { cleanText } from '../lib/text.ts'

/** Whom a page says that it is visited by. Only sites with the option `identify` look at it. */
export interface Person {
  /** The page's own id of a user; blank where it names nobody. Never stored. */
  user: string
  /** What the page says of the user, in clear. */
  traits: Record<string, string>
}

const { userChars, traits: MOST, traitKeyChars, traitValueChars } = EVENT_LIMITS

/**
 * Reads `uid` and `traits` of a body. Null, and blank text, are nobody: a page that is not signed in to.
 * @param errors gets what is wrong, by field
 */
export function readPerson({ uid, traits }: { uid?: unknown; traits?: unknown }, errors: Record<string, string[]>): Person {
  const user = readUser(uid)
  if (user === null) errors.uid = [`must be text of at most ${userChars} characters, or a whole number`]
  const read = readProps(traits)
  const problem = 'error' in read ? read.error : tooMuch(read.props)
  if (problem !== undefined) errors.traits = [problem]
  return { user: user ?? '', traits: 'error' in read ? {} : read.props }
}

function readUser(given: unknown): string | null {
  if (given === undefined || given === null) return ''
  if (typeof given === 'number') return Number.isSafeInteger(given) ? String(given) : null
  const text = typeof given === 'string' ? cleanText(given) : null
  return text === null || text.length > userChars ? null : text.trim()
}

function tooMuch(traits: Record<string, string>): string | undefined {
  const pairs = Object.entries(traits)
  if (pairs.length > MOST) return `must be at most ${MOST}`
  if (pairs.every(([key, value]) => key.length <= traitKeyChars && value.length <= traitValueChars)) return undefined
  return `keys must have at most ${traitKeyChars} characters and values at most ${traitValueChars}`
}
