/** Which rows of a long list are drawn, and how much room those above and below are left. */
export interface VisibleRows {
  /** Index of the first drawn row, and of the first that is not drawn any more. */
  first: number
  end: number
  /** Pixels. */
  above: number
  below: number
}

/** Drawn beyond both edges, so that nothing white is seen while scrolling and Tab finds the next row. */
const SPARE = 15

/**
 * @param list.count number of rows, all `height` pixels high
 * @param view.top pixels of the list above the upper edge of what is seen; negative where the list begins below it
 * @param view.height pixels that are seen
 */
export function visibleRows(list: { count: number; height: number }, view: { top: number; height: number }): VisibleRows {
  const within = (row: number) => Math.min(Math.max(row, 0), list.count)
  const first = within(Math.floor(view.top / list.height) - SPARE)
  const end = Math.max(first, within(Math.ceil((view.top + view.height) / list.height) + SPARE))
  return { first, end, above: first * list.height, below: (list.count - end) * list.height }
}
