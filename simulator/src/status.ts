import type { SimulateResult } from './simulate.ts'
import type { Tally } from './sender.ts'

export interface Status {
  visits: number
  begun: Record<string, number>
  /** People reading at the moment. */
  here: number
  waiting: number
  tally: Tally
}

/** `12:00:07  21 visits (northwind 9, …)  48 events ok  0 failed  17 people here` */
export function statusLine({ visits, begun, here, waiting, tally }: Status): string {
  const bySite = Object.entries(begun).map(([domain, count]) => `${domain.split('.')[0]} ${count}`)
  const parts = [
    new Date().toTimeString().slice(0, 8),
    `${visits} visits (${bySite.join(', ')})`,
    `${tally.ok} events ok`,
    ...dropped(tally),
    `${tally.failed} failed`,
    `${here} people here`,
  ]
  if (waiting > 0) parts.push(`${waiting} waiting`)
  if (tally.problem && (waiting > 0 || tally.failed > 0)) parts.push(`last problem: ${tally.problem}`)
  return parts.join('  ')
}

/** What stands at the end. */
export function summary(result: SimulateResult): string {
  const parts = [`${result.visits} visits in ${Math.round(result.seconds)} s`, `${result.ok} events ok`, ...dropped(result)]
  parts.push(`${result.failed} failed`, `${result.retries} retries`, `${result.unsent} not sent when it ended`)
  return `Stopped: ${parts.join(', ')}.`
}

function dropped(tally: Tally): string[] {
  return Object.entries(tally.dropped).map(([reason, count]) => `${count} not counted (${reason})`)
}
