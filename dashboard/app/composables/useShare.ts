import { useState } from '#imports'

/** What opens the shared dashboard on the screen; null on every other page. */
export const useShare = () => useState<{ credential: string } | null>('share', () => null)
