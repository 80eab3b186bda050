/**
 * Locale of dates: the browser's own one of this language, for its order of day and month, else the language. English
 * without a country is written as in Britain, since most of the world puts the day first.
 */
export function dateLocale(language = 'en', preferred: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return preferred.find((tag) => tag.split('-')[0] === language && tag !== 'en') ?? (language === 'en' ? 'en-GB' : language)
}
