import { computed, ref, type Ref } from 'vue'
import { nearest, type Spot } from '../utils/graph.ts'

interface Parts {
  box: Readonly<Ref<HTMLElement | null>>
  spots: () => Spot[]
  /** A point was chosen, or the stretch between two, or the way back out of a stretch. */
  open(index: number): void
  zoom(first: number, last: number): void
  back(): void
}

/** Pointer and keys on the graph: which point is looked at, and which stretch is being drawn with the mouse, a finger or Shift and the arrows. */
export function useGraphPointer({ box, spots, open, zoom, back }: Parts) {
  const active = ref<number | null>(null)
  const anchor = ref<number | null>(null)
  const pressed = ref(false)
  /** The click that ends a drag is none. */
  let dragged = false

  const stretch = computed(() => {
    const [from, to] = [anchor.value, active.value]
    return from === null || to === null || from === to ? null : ([Math.min(from, to), Math.max(from, to)] as const)
  })
  const at = (event: MouseEvent) =>
    spots().length === 0 ? null : nearest(spots(), event.clientX - (box.value?.getBoundingClientRect().left ?? 0))
  function leave(): void {
    active.value = anchor.value = null
    pressed.value = false
  }
  function take(): void {
    if (stretch.value) zoom(...stretch.value)
    else if (active.value !== null) open(active.value)
    anchor.value = null
  }

  function onKey(event: KeyboardEvent): void {
    const last = spots().length - 1
    const now = active.value ?? last
    const moves: Record<string, number> = { ArrowLeft: Math.max(0, now - 1), ArrowRight: Math.min(last, now + 1), Home: 0, End: last }
    const to = moves[event.key]
    if (event.key === 'Enter') take()
    else if (event.key === 'Escape' && anchor.value !== null) {
      // Without a stretch the key is the page's (useSiteView).
      event.preventDefault()
      anchor.value = null
    } else if (to !== undefined) {
      event.preventDefault()
      anchor.value = event.shiftKey ? (anchor.value ?? now) : null
      active.value = to
    }
  }

  const on = {
    pointerdown(event: PointerEvent) {
      if (event.button !== 0) return
      dragged = false
      pressed.value = true
      active.value = anchor.value = at(event)
      // Without it a drag that leaves the graph would never end.
      box.value?.setPointerCapture(event.pointerId)
    },
    pointermove: (event: PointerEvent) => void (active.value = at(event)),
    pointerup() {
      dragged = stretch.value !== null
      if (pressed.value && stretch.value) zoom(...stretch.value)
      anchor.value = null
      pressed.value = false
    },
    // The browser took the finger for scrolling.
    pointercancel: leave,
    pointerleave: () => void (pressed.value || leave()),
    // Where it was, not what was looked at: of a finger the browser tells first that it is gone.
    click(event: MouseEvent) {
      const index = dragged ? null : at(event)
      if (index !== null) open(index)
    },
    dblclick: back,
    focus: () => void (active.value ??= spots().length - 1),
    blur: leave,
    keydown: onKey,
  }
  return { active, stretch, on }
}
