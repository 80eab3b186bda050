import { IMPORT_LIMITS, type ImportResult } from '@footfall/contract/import.ts'

export type Rejections = ReturnType<typeof rejections>

/** Counts refused lines and lists the first of them, by line. */
export function rejections() {
  const listed: ImportResult['rejected'] = []
  let total = 0
  return {
    add(line: number, errors: string[]) {
      total += 1
      if (listed.length < IMPORT_LIMITS.rejectedListed) listed.push({ line, errors })
    },
    total: () => total,
    first: () => listed.toSorted((a, b) => a.line - b.line),
  }
}
