import { useState } from '#imports'

/** Whether the list of keyboard shortcuts is open: the menu and the key `?` open the same one. */
export const useShortcutSheet = () => useState('shortcut-sheet', () => false)
