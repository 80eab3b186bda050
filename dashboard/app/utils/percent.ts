/** A rate of the API (0–100) as the language writes it: `14.5%`, `14,5 %`. */
export const percentText = (rate: number, language: string): string =>
  (rate / 100).toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })
