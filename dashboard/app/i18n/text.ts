import type { Language } from './languages.ts'

/** A text by the plural category of `n` (Unicode CLDR: `one`, `few`, …); `other` is always there. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
/** A text of the dashboard; `{name}` stands for a value. */
export type Message = string | Plural

/** The names between braces in a text: what a caller has to give. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Texts<Of extends Message> = Of extends string ? Of : Extract<Of[keyof Of], string>
/** The values that a message needs: none, or an object with all of them. A plural needs `n`, the number it depends on. */
export type Values<Of extends Message> = Names<Texts<Of>> | (Of extends string ? never : 'n') extends never
  ? []
  : [values: Record<Names<Texts<Of>>, string | number> & (Of extends string ? unknown : { n: number })]

/**
 * A message in words. Numbers are written as the language does; a number that should stand in short form is given as a string beside `n`.
 *
 * @throws TypeError for a value that the text asks for and nobody gave
 */
export function write(message: Message, values: Record<string, string | number>, language: Language): string {
  const text = typeof message === 'string' ? message : (message[new Intl.PluralRules(language).select(Number(values.n))] ?? message.other)
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`the text "${text}" needs a value for ${name}`)
    return typeof value === 'number' ? value.toLocaleString(language) : value
  })
}
