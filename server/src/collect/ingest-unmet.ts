/** Shared ingest cases that are not met, on purpose, and why; docs/definitions.md says it to users. The test fails when one of them passes after all. */
export const UNMET: Record<string, string> = {
  'drop-unpaid': 'Nobody pays for Footfall: there is no date after which a site stops being counted.',
  'drop-lock': 'Visits are not locked: the writer takes the events of a visitor in order, so none has to be given up.',
  'rev-short':
    'Amounts keep the currency they were sent in: rates of exchange would change history. Reports add up one currency at a time.',
  'rev-nogoal': 'Revenue is kept although no goal asks for it yet: a goal made later shows the past as well.',
}
