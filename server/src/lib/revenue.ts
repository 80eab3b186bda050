import { readObject } from './text.ts'

/** A sum of money: decimal text with at most three decimals, and an ISO 4217 code. */
export interface Revenue {
  amount: string
  currency: string
}

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))
/** 15 digits before the point: with three decimals it fits a Decimal64(3) of every engine. */
const AMOUNT = /^[+]?(-?\d{1,15})(?:\.(\d*))?$/

/**
 * Reads revenue from an object or its JSON text; null where amount or currency is not valid (the event itself stays).
 * Decimals after the third are cut here, once, since engines differ in rounding them.
 */
export function readRevenue(value: unknown): Revenue | null {
  if (value === undefined || value === null) return null
  const given = readObject(value)
  if (!given || typeof given.currency !== 'string') return null
  if (typeof given.amount !== 'string' && typeof given.amount !== 'number') return null
  const currency = given.currency.trim().toUpperCase()
  const parts = AMOUNT.exec(String(given.amount).trim())
  if (!parts || !CURRENCIES.has(currency)) return null
  const decimals = (parts[2] ?? '').slice(0, 3)
  return { amount: decimals ? `${parts[1]}.${decimals}` : parts[1]!, currency }
}
