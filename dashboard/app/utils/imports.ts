import type { ImportProgress } from '@footfall/contract/import.ts'

/** Whether something of it is still to come. */
export const isUnderWay = ({ finished_at }: Pick<ImportProgress, 'finished_at'>): boolean => finished_at === null

/** Lines of an import that the store has to take. */
export const linesToStore = ({ read_lines, rejected_total }: ImportProgress): number => Math.max(0, read_lines - rejected_total)

/** How much of it is stored, 0–1; null while it is read, since nobody knows yet how much there is. */
export function importShare(progress: ImportProgress): number | null {
  if (progress.state === 'reading') return null
  const all = linesToStore(progress)
  return all === 0 ? 1 : Math.min(1, progress.stored_lines / all)
}

/** Refused lines that are not listed. */
export const unlisted = ({ rejected, rejected_total }: Pick<ImportProgress, 'rejected' | 'rejected_total'>): number =>
  rejected_total - rejected.length

/** An import that broke off before anything of it was stored. */
export const storedNothing = ({ state, accepted, duplicates, stored_lines }: ImportProgress): boolean =>
  state === 'failed' && accepted + duplicates + stored_lines === 0
