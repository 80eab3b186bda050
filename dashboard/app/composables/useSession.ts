import type { SessionState } from '@footfall/contract/accounts.ts'
import { useState } from '#imports'

/** Who is signed in, as far as the dashboard knows; null until it has asked. */
export const useSession = () => useState<SessionState | null>('session', () => null)
