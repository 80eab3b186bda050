import type { Area, Say } from '../i18n/areas.ts'
import { sayer } from '../i18n/say.ts'
import { useLanguage } from './useLanguage.ts'

/**
 * The texts of an area in the language of the dashboard: `const t = useText('account')`, then `t('signIn')`. A page names the areas it shows:
 * `definePageMeta({ texts: ['account'] })`; `common` is always there. A text that is asked for in a template follows a change of language.
 */
export function useText<Of extends Area>(area: Of): Say<Of> {
  const { language, texts } = useLanguage()
  return sayer(
    area,
    () => texts(area),
    () => language.value,
  )
}
