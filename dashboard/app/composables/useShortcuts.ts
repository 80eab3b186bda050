import { onBeforeUnmount, onMounted } from 'vue'

/** Calls a function with each key pressed alone, outside of fields, menus and dialogs. */
export function useShortcuts(onKey: (key: string) => void): void {
  function listen(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const target = event.target
    if (target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=listbox], [role=dialog]')) return
    onKey(event.key)
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}
