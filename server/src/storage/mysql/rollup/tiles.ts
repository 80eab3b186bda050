/** A stretch of days that is read from rows: those without sums, and the day on either side, whose visitors may be the same. */
export interface RowStretch {
  /** Unix seconds. */
  from: number
  to: number
  /** Visits that were opened before have nothing in it; 0: not known. */
  opened: number
  /** The days without sums in it; whole days of the range, so that gaps where clocks change belong to them. */
  open: { from: number; to: number }
}

/** A range of days, each answered either from sums or from rows. */
export interface Tiles {
  /** First and last of neighbouring days with sums. */
  sums: [first: number, last: number][]
  rows: RowStretch[]
  /** Days on which somebody may be counted who was counted the day before. Not inside a stretch of rows, where SQL sees to it. */
  borders: number[]
}

/** A range as it is given: its seconds, and what is known of a day that has sums. */
export interface Range {
  from: number
  to: number
  known: (day: number) => { first: number; last: number; opened: number } | undefined
}

/**
 * Lays a range of days out. A visitor is there on two neighbouring days at most (read.ts makes sure of it), so that of
 * each day the neighbours are all that matters, and where sums and rows meet, the day between them has both.
 */
export function tile({ first, last }: { first: number; last: number }, { from, to, known }: Range): Tiles {
  const tiles: Tiles = { sums: [], rows: [], borders: [] }
  const isOpen = (day: number) => day >= first && day <= last && !known(day)
  const isRows = (day: number) => isOpen(day - 1) || isOpen(day) || isOpen(day + 1)
  for (let day = first; day <= last; day = next(day)) {
    const end = next(day) - 1
    if (day > first) tiles.borders.push(day)
    if (!isRows(day)) {
      tiles.sums.push([day, end])
      for (let each = day + 1; each <= end; each++) tiles.borders.push(each)
      continue
    }
    let [firstOpen, lastOpen] = [day, end]
    while (!isOpen(firstOpen)) firstOpen += 1
    while (!isOpen(lastOpen)) lastOpen -= 1
    tiles.rows.push({
      from: day === first ? from : known(day)!.first,
      to: end === last ? to : known(end)!.last,
      opened: known(day)?.opened ?? 0,
      open: {
        from: firstOpen === first ? from : known(firstOpen - 1)!.last + 1,
        to: lastOpen === last ? to : known(lastOpen + 1)!.first - 1,
      },
    })
  }
  return tiles

  /** The first day after this one that is of the other kind. */
  function next(day: number): number {
    let other = day + 1
    while (other <= last && isRows(other) === isRows(day)) other += 1
    return other
  }
}

/** Numbers as stretches of neighbours. */
export function stretches(numbers: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = []
  for (const number of numbers) {
    const latest = found.at(-1)
    if (latest?.[1] === number - 1) latest[1] = number
    else found.push([number, number])
  }
  return found
}
