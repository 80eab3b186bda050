import type { Click, Extra } from '../extra.ts'

/** Asks each piece what a click or a sent form counts as. The first answer wins: one click is one event. */
export default (clicks: Click[]): Extra =>
  (count, hear) =>
    hear('click auxclick submit', (event: MouseEvent) => {
      // The middle button opens a tab, the right one only a menu; a form has none.
      if (event.button > 1) return
      const link = event.type !== 'submit' && (event.target as Element).closest('a')
      let found: ReturnType<Click>
      if (clicks.some((click) => (found = click(event, link)))) count(...(found as Exclude<typeof found, '' | false | null | undefined>))
    })
