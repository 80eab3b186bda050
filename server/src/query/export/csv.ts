/** A value of a cell. Objects are written as JSON text. */
export type Cell = string | number | boolean | null | undefined | object

/**
 * What spreadsheets take for a formula at the beginning of a cell, as in `=HYPERLINK(…)`. Paths, referrers and properties come from
 * strangers, so such a text gets an apostrophe in front (OWASP, "CSV Injection"); numbers are ours and stay.
 */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const given = typeof value === 'string' ? value : JSON.stringify(value)
  const text = FORMULA.test(given) ? `'${given}` : given
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a CSV file (RFC 4180), with its end. */
export const csvLine = (cells: Cell[]): string => `${cells.map(cell).join(',')}\r\n`
