/** A case whose answer differs, and why. All of these are decisions of the shared cases' README; none is a gap. */
interface Difference {
  id: string
  reason: string
}

const because = (reason: string, ids: string[]): Difference[] => ids.map((id) => ({ id, reason }))

/** Cases that are not met. A test fails when one of these passes after all, so the list only shrinks. */
export const UNMET: Difference[] = [
  ...because('there are no plans: custom properties and revenue are there for every site', [
    'v2_validations-47',
    'valerr-1667-0',
    'valerr-1682-0',
    'valerr-2106-0',
    'valerr-2492-0',
  ]),
  ...because('there are no plans: every site has funnels', ['funnel-227']),
  ...because('"day" ends now, as upstream does since 2026', ['range-1263-0', 'range-1387-0']),
  ...because('"Nmo" are the full months before this one, as upstream does since 2026', [
    'range-1263-5',
    'range-1263-7',
    'range-1387-5',
    'range-1387-7',
    'range-query-79',
  ]),
]
