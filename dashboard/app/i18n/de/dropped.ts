import type { Translation } from '../areas.ts'

export default {
  title: 'Nicht gezählt',
  why: 'Warum Ereignisse nicht gezählt wurden',
  nothing:
    'In diesem Zeitraum wurde nichts abgelehnt. Fehlt dir trotzdem ein Besuch, kam er nie an: sieh nach, ob das Snippet auf der Seite ist und ob dein Browser es blockiert.',
  showSnippet: 'Snippet zeigen',
  events: { one: '{count} Ereignis wurde abgelehnt, aus diesem Grund:', other: '{count} Ereignisse wurden abgelehnt, aus diesen Gründen:' },
  wholeDays: 'Ganze Tage, in {timezone}.',
  inSettings: 'Ändern, was nicht gezählt wird',
  tooOld: 'Ein Server, der selbst Ereignisse sendet, sollte das innerhalb von zwei Tagen tun.',
  duplicate: 'Es fehlt nichts: es wurde zur Sicherheit noch einmal gesendet.',
  bot: 'Auch ein Test mit einem Browser ohne Fenster gilt als Crawler.',
} satisfies Translation<'dropped'>
