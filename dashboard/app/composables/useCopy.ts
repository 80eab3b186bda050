import { onScopeDispose, ref } from 'vue'

/** Copies a text. Over plain http browsers have no clipboard to write to: then the element that shows it is selected, ready for Ctrl-C. */
export function useCopy() {
  const copied = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  async function copy(text: string, shown?: HTMLElement | null): Promise<void> {
    clearTimeout(timer)
    copied.value = await (navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    ) ?? false)
    if (copied.value) timer = setTimeout(() => (copied.value = false), 2000)
    else if (shown) getSelection()?.selectAllChildren(shown)
  }
  onScopeDispose(() => clearTimeout(timer))
  return { copied, copy }
}
