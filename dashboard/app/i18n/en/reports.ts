export default {
  visitorCount: { one: '{n} visitor', other: '{n} visitors' },
  visitCount: { one: '{n} visit', other: '{n} visits' },
  nothingTitle: 'Nothing in this period',
  nothingText: 'No visit fits this period and these filters. A longer range or fewer filters may show more.',
  showAll: 'Show all time',
} as const
