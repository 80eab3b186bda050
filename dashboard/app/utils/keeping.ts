/** Choices of months; 25 is the most that the French data protection office (CNIL) allows statistics without consent. */
const MONTHS = [1, 2, 3, 6, 12, 14, 18, 24, 25, 36, 48, 60, 120]

/** Months to choose from, that of the site among them. */
export const monthChoices = (current: number | null): number[] =>
  [...new Set([...MONTHS, ...(current === null ? [] : [current])])].toSorted((a, b) => a - b)

/** `14 months`, as the language says it. */
export const monthsText = (months: number, language = 'en'): string =>
  months.toLocaleString(language, { style: 'unit', unit: 'month', unitDisplay: 'long' })

/** A moment on the clock of a site. */
export const momentText = (moment: string, timezone: string, locale = 'en-GB'): string =>
  new Date(moment).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: timezone })
