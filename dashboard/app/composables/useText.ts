import type { Area, Areas } from '../i18n/areas.ts'
import { write, type Message, type Values } from '../i18n/text.ts'
import { useLanguage } from './useLanguage.ts'

type Texts<Of extends Area> = { [Key in keyof Areas[Of]]: Areas[Of][Key] & Message }

/**
 * The texts of an area in the language of the dashboard: `const t = useText('account')`, then `t('signIn')`. A page names the areas it shows:
 * `definePageMeta({ texts: ['account'] })`; `common` is always there. A text that is asked for in a template follows a change of language.
 */
export function useText<Of extends Area>(area: Of) {
  const { language, texts } = useLanguage()
  return <Key extends keyof Areas[Of] & string>(key: Key, ...[values]: Values<Texts<Of>[Key]>): string => {
    const message = texts(area)?.[key]
    if (message === undefined) throw new Error(`the text ${area}.${key} is not loaded: name "${area}" in the texts of the page`)
    return write(message, values ?? {}, language.value)
  }
}
