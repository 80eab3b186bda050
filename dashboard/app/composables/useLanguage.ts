import { computed } from 'vue'
import { useState } from '#imports'
import type { AnyTexts, Area } from '../i18n/areas.ts'
import { chooseLanguage, type Language } from '../i18n/languages.ts'
import { loadTexts } from '../i18n/load.ts'

const STORED = 'footfall-language'

interface Spoken {
  language: Language
  texts: Partial<Record<Area, AnyTexts>>
}

/** The language of the dashboard and the texts loaded in it. They change together, so that no page speaks two languages. */
export function useLanguage() {
  const spoken = useState<Spoken>('language', () => ({ language: chooseLanguage(stored(), navigator.languages), texts: {} }))

  async function load(language: Language, areas: readonly Area[]): Promise<void> {
    const loaded = await Promise.all(areas.map(async (area) => [area, await loadTexts(language, area)] as const))
    const known = language === spoken.value.language ? spoken.value.texts : {}
    spoken.value = { language, texts: { ...known, ...Object.fromEntries(loaded) } }
  }
  return {
    language: computed(() => spoken.value.language),
    texts: (area: Area): AnyTexts | undefined => spoken.value.texts[area],
    /** Loads what a page says before it is shown. */
    need: (areas: readonly Area[]) =>
      load(
        spoken.value.language,
        areas.filter((area) => !spoken.value.texts[area]),
      ),
    /** Changes the language, now and for later visits of this browser. */
    async speak(language: Language): Promise<void> {
      await load(language, Object.keys(spoken.value.texts) as Area[])
      try {
        localStorage.setItem(STORED, language)
      } catch {
        // Storage can be forbidden; the choice then lasts as long as the page.
      }
    },
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}
