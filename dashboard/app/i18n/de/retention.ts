import type { Translation } from '../areas.ts'

export default {
  title: 'Wiederkehr',
  width: 'Länge eines Zeitabschnitts',
  day: 'Tag',
  week: 'Woche',
  month: 'Monat',
  shown: 'Was die Zellen zeigen',
  percent: 'Prozent',
  count: 'Besucher',
  firstDay: 'Erster Besuch am',
  firstWeek: 'Erster Besuch in der Woche vom',
  firstMonth: 'Erster Besuch im',
  backDay: 'So viele Tage später wiedergekommen',
  backWeek: 'So viele Wochen später wiedergekommen',
  backMonth: 'So viele Monate später wiedergekommen',
  all: 'Alle zusammen',
  cell: { one: '{n} von {all} kam wieder', other: '{n} von {all} kamen wieder' },
  soFar: 'Dieser Zeitabschnitt ist noch nicht vorbei',
  who: 'Wessen Besuche',
  everybody: 'Alle',
  identified: 'Identifizierte',
  noteIdentified:
    'Nur Besucher, die deine Website identifiziert hat. Ein Besuch, der vorher schon begonnen hatte, zählt als der eines anonymen Besuchers und steht nicht hier.',
  noteTitle: 'Was sich hier zeigen kann',
  note: 'Footfall erkennt anonyme Besucher an einem anderen Tag nicht wieder: Jeden Tag sind sie neue und zählen zu den ersten Besuchen dieses Tages. Die Tabelle spricht also von Besuchern, die identifiziert sind oder mit bleibenden Namen importiert wurden. Von allen anderen sagt sie nur, dass sie da waren.',
  nobodyTitle: 'Niemand wurde bei einem späteren Besuch wiedererkannt',
  nobody:
    'In diesem Zeitraum waren alle anonym oder nur einmal da. Die erste Spalte sagt trotzdem, wie viele zum ersten Mal kamen, soweit man es wissen kann.',
  emptyTitle: 'Kein erster Besuch in diesem Zeitraum',
  emptyText: 'Die Wiederkehr ordnet Besucher nach ihrem allerersten Besuch. Wähle einen längeren Zeitraum oder nimm Filter weg.',
} satisfies Translation<'retention'>
