import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { visibleRows } from '../utils/visible-rows.ts'

/** The nearest element around that scrolls up and down. */
function scrollerOf(element: HTMLElement | null): HTMLElement {
  for (let each = element?.parentElement; each; each = each.parentElement)
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each
  return document.documentElement
}

/**
 * Which rows of a long list are to be drawn while it is scrolled.
 *
 * @param body what holds the rows
 * @param count how many there are
 * @param height of each, in pixels
 */
export function useVisibleRows(body: Readonly<Ref<HTMLElement | null>>, count: () => number, height: number) {
  const view = ref({ top: 0, height: 0 })
  let scroller: HTMLElement | undefined
  let observer: ResizeObserver | undefined
  function look(): void {
    if (!scroller || !body.value) return
    const [outer, inner] = [scroller.getBoundingClientRect(), body.value.getBoundingClientRect()]
    view.value = { top: outer.top - inner.top, height: outer.height }
  }
  onMounted(() => {
    // The table itself scrolls sideways, which browsers count as both ways.
    scroller = scrollerOf(body.value?.closest<HTMLElement>('[role=group]') ?? body.value)
    scroller.addEventListener('scroll', look, { passive: true })
    observer = new ResizeObserver(look)
    observer.observe(scroller)
    look()
  })
  onBeforeUnmount(() => {
    scroller?.removeEventListener('scroll', look)
    observer?.disconnect()
  })
  return computed(() => visibleRows({ count: count(), height }, view.value))
}
