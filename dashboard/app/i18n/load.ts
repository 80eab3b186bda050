import type { AnyTexts, Area } from './areas.ts'
import type { Language } from './languages.ts'

const FILES = import.meta.glob<AnyTexts>('./*/*.ts', { import: 'default' })

/** The texts of an area, as a file of their own: a browser loads its own language and what its page shows. */
export async function loadTexts(language: Language, area: Area): Promise<AnyTexts> {
  const file = FILES[`./${language}/${area}.ts`]
  if (!file) throw new Error(`there are no texts for ${area} in ${language}`)
  return file()
}
