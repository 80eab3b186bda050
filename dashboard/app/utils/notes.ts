import type { Annotation } from '@footfall/contract/saved.ts'
import type { Day } from './dates.ts'

/** Notes that stand at one point of the graph. */
export interface Mark {
  index: number
  notes: Annotation[]
}

/**
 * Where notes stand on a line: at the bucket that holds their day, of hours and minutes at the first of the day.
 * @param labels of the buckets, ascending
 * @param last day that the line ends with; a later note has no place on it
 */
export function marksFor(notes: readonly Annotation[], labels: readonly string[], last: Day): Mark[] {
  const days = labels.map((label) => label.slice(0, 10))
  const marks = new Map<number, Annotation[]>()
  for (const note of notes.toSorted((a, b) => a.date.localeCompare(b.date) || a.id - b.id)) {
    const day = days.findLast((each) => each <= note.date)
    if (day === undefined || note.date > last) continue
    const index = days.indexOf(day)
    marks.set(index, [...(marks.get(index) ?? []), note])
  }
  return [...marks].map(([index, of]) => ({ index, notes: of }))
}
