import type { Translation } from '../areas.ts'

export default {
  title: 'Besuche',
  list: 'Besuche, die neuesten zuerst',
  older: 'Ältere Besuche',
  newest: 'Zurück zu den neuesten',
  views: { one: '{n} Aufruf', other: '{n} Aufrufe' },
  events: { one: '{n} Ereignis', other: '{n} Ereignisse' },
  privacy:
    'Besucher stehen unter einem Pseudonym, das jeden Tag wechselt, außer die Website sagt selbst, wer sie sind. Keine Adresse wird gespeichert.',
  visit: 'Besuch vom {when}',
  visitor: 'Besucher {name}',
  about: 'Über diesen Besucher',
  close: 'Diesen Besuch schließen',
  happened: 'Was geschah',
  read: '{time} Aufmerksamkeit',
  depth: '{depth} der Seite gesehen',
  left: 'Der Besuch endete',
  more: 'Nur die ersten {n} Ereignisse sind zu sehen.',
  unknown: 'Unbekannt',
} satisfies Translation<'visits'>
