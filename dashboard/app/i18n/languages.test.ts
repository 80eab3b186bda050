import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import type { AnyTexts } from './areas.ts'
import { chooseLanguage, LANGUAGES, type Language } from './languages.ts'
import type { Message } from './text.ts'

const areas = readdirSync(new URL('en', import.meta.url))
const textsOf = async (language: string, area: string) => ((await import(`./${language}/${area}`)) as { default: AnyTexts }).default
const namesIn = (message: Message) =>
  [...(typeof message === 'string' ? message : Object.values(message).join(' ')).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

test('what was chosen, else the first language of the browser that there is, else English', () => {
  assert.equal(chooseLanguage('fr', ['de-AT']), 'fr')
  assert.equal(chooseLanguage(null, ['nl', 'de-AT', 'en']), 'de')
  assert.equal(chooseLanguage('klingon', ['nl']), 'en')
  assert.equal(chooseLanguage('toString', []), 'en')
})

for (const language of Object.keys(LANGUAGES) as Language[]) {
  test(`${LANGUAGES[language].name} has every text of every page, with its values and the forms of its plurals`, async () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    assert.deepEqual(readdirSync(new URL(language, import.meta.url)).toSorted(), areas.toSorted())
    for (const area of areas) {
      const [own, english] = [await textsOf(language, area), await textsOf('en', area)]
      assert.deepEqual(Object.keys(own).toSorted(), Object.keys(english).toSorted(), area)
      for (const [key, message] of Object.entries(own)) {
        const named = new Set(namesIn(english[key]!))
        // A form for exactly one or two may leave the number out ("a visit").
        assert.deepEqual(new Set([...namesIn(message), 'n'].filter((name) => named.has(name) || name !== 'n')), named, `${area}.${key}`)
        if (typeof message !== 'string') assert.deepEqual(Object.keys(message).toSorted(), forms, `${area}.${key}`)
      }
    }
  })
}
