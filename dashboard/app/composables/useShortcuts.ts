import { onBeforeUnmount, onMounted } from 'vue'
import { createKeyReader } from '../utils/shortcuts.ts'

/** What has the keyboard for itself: fields, and whatever lies open over the page. */
const FIELDS = 'input, textarea, select, [contenteditable]'
const OPEN = '[role=dialog], [role=listbox]'

/** Calls a function with each shortcut (utils/shortcuts.ts has their names), outside of fields, menus and dialogs. */
export function useShortcuts(onKey: (name: string, event: KeyboardEvent) => void): void {
  const read = createKeyReader()
  function listen(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return
    if ((event.target instanceof Element && event.target.closest(FIELDS)) || document.querySelector(OPEN)) return
    const name = read(event.key, event.timeStamp)
    if (name !== null) onKey(name, event)
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
}
