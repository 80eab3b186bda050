import { DROPPED_HEADER } from '@footfall/contract/event.ts'
import type { Act } from './people.ts'

/** What the clients know: the truth against which the store is held. */
export interface Ledger {
  sent(act: Act): void
  acknowledged(act: Act, headers: Headers): void
  refused(act: Act, status: number, headers: Headers): void
  /** Every act that was sent at least once, by its page. */
  acts: ReadonlyMap<string, { act: Act; acknowledged: boolean; sent: number }>
  /** Refusals of the allowed kind: 503 with Retry-After. */
  refusals(): number
  acknowledgements(): number
  /** Answers that must not be: another status, no Retry-After, an event dropped. */
  complaints: readonly string[]
}

export function createLedger(): Ledger {
  const acts = new Map<string, { act: Act; acknowledged: boolean; sent: number }>()
  const complaints: string[] = []
  let refusals = 0
  let acknowledgements = 0
  const complain = (text: string) => {
    if (complaints.length < 20) complaints.push(text)
  }
  return {
    acts,
    complaints,
    refusals: () => refusals,
    acknowledgements: () => acknowledgements,
    sent(act) {
      const entry = acts.get(act.page)
      if (entry) entry.sent += 1
      else acts.set(act.page, { act, acknowledged: false, sent: 1 })
    },
    acknowledged(act, headers) {
      const dropped = headers.get(DROPPED_HEADER)
      if (dropped !== null) complain(`${act.page} was dropped: ${dropped}`)
      acts.get(act.page)!.acknowledged = true
      acknowledgements += 1
    },
    refused(act, status, headers) {
      if (status !== 503) complain(`${act.page} was answered ${status}`)
      else if (!/^[1-9]\d*$/.test(headers.get('retry-after') ?? '')) complain(`${act.page} was answered 503 without Retry-After`)
      else refusals += 1
    },
  }
}
