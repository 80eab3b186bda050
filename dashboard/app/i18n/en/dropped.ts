export default {
  title: 'Not counted',
  why: 'Why events were not counted',
  nothing:
    'Nothing was refused in this period. If you still miss a visit, it never arrived: look whether the snippet is on the page, and whether your browser blocks it.',
  showSnippet: 'Show the snippet',
  events: { one: '{count} event was refused, for this reason:', other: '{count} events were refused, for these reasons:' },
  wholeDays: 'Whole days, in {timezone}.',
  inSettings: 'Change what is not counted',
  tooOld: 'A server that sends events itself should send them within two days.',
  duplicate: 'Nothing is missing: it was sent again to be on the safe side.',
  bot: 'A test with a headless browser is taken for a crawler, too.',
} as const
