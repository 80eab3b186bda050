/** A share in percent with two decimals; halves go to the even neighbour, as everywhere. 0 of nothing. */
export function percent(part: number, whole: number): number {
  if (whole === 0) return 0
  const quotient = Math.floor((part * 10_000) / whole)
  const twice = 2 * (part * 10_000 - quotient * whole)
  const up = twice > whole || (twice === whole && quotient % 2 === 1)
  return (quotient + (up ? 1 : 0)) / 100
}
