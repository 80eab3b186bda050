import type { Translation } from '../areas.ts'

export default {
  visitors: 'Besucher',
  visits: 'Besuche',
  views: 'Aufrufe',
  share: 'Anteil',
  value: 'Wert',
  page: 'Seite',
  source: 'Quelle',
  channel: 'Kanal',
  country: 'Land',
  device: 'Gerät',
  browser: 'Browser',
  system: 'Betriebssystem',
  language: 'Sprache',
  visitorCount: { one: '{n} Besucher', other: '{n} Besucher' },
  visitCount: { one: '{n} Besuch', other: '{n} Besuche' },
  nothingTitle: 'Nichts in diesem Zeitraum',
  nothingText: 'Kein Besuch passt zu diesem Zeitraum und diesen Filtern. Ein längerer Zeitraum oder weniger Filter zeigen vielleicht mehr.',
  showAll: 'Gesamten Zeitraum zeigen',
} satisfies Translation<'reports'>
