/** Locale of dates. The words around them are English, so another language's months would read oddly; its order of day and month is kept where it is English too. */
export function dateLocale(): string {
  const own = globalThis.navigator?.language
  return own?.startsWith('en') ? own : 'en-GB'
}
