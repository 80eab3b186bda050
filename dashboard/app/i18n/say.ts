import type { AnyTexts, Area, Say } from './areas.ts'
import type { Language } from './languages.ts'
import { write } from './text.ts'

/**
 * Says the texts of an area. Both arguments are asked each time, so that what is said in a template follows a change of language.
 *
 * @throws Error for an area that is not loaded
 */
export function sayer<Of extends Area>(area: Of, texts: () => AnyTexts | undefined, language: () => Language): Say<Of> {
  return (key, ...[values]) => {
    const message = texts()?.[key]
    if (message === undefined) throw new Error(`the text ${area}.${key} is not loaded: name "${area}" in the texts of the page`)
    return write(message, values ?? {}, language())
  }
}
