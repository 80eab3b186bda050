import type { Translation } from '../areas.ts'

export default {
  visitorCount: { one: '{n} Besucher', other: '{n} Besucher' },
  visitCount: { one: '{n} Besuch', other: '{n} Besuche' },
  nothingTitle: 'Nichts in diesem Zeitraum',
  nothingText: 'Kein Besuch passt zu diesem Zeitraum und diesen Filtern. Ein längerer Zeitraum oder weniger Filter zeigen vielleicht mehr.',
  showAll: 'Gesamten Zeitraum zeigen',
} satisfies Translation<'reports'>
