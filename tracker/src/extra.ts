/**
 * Pieces: what a site may want besides page views. Each stands alone in its file, with nothing beside its default export and
 * no import but of types: the server writes it into the scripts of the sites that use it, with no bundler at hand.
 */
import type { Details, Payload } from './api.ts'
import type { track } from './events.ts'
import type { listen } from './guard.ts'

/** Runs once, when the script starts. */
export type Extra = (count: typeof track, hear: typeof listen) => unknown

/** Says what a click or a sent form counts as, if it does. `link` is what was clicked, or around it. */
export type Click = (
  event: MouseEvent | SubmitEvent,
  link: HTMLAnchorElement | false | null,
) => [name: string, details: Details] | '' | false | null | undefined

/** Sees every event before it leaves, and answers with the event to send instead, or with nothing. */
export type Filter = (event: Payload) => Payload | false | null | undefined
