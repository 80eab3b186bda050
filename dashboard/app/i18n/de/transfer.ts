import type { Translation } from '../areas.ts'

export default {
  import: 'Import',
  importText:
    'Ereignisse von früher, aus einer Datei mit einem Ereignis je Zeile (NDJSON), wie der Export sie schreibt. Was schon da ist, zählt nur einmal, wenn seine Zeilen eine id haben.',
  choose: 'Datei wählen',
  sending: '{name} wird gesendet',
  keepOpen: 'Lass diese Seite offen, bis die Datei gesendet ist. Gespeichert wird auch ohne sie.',
  reading: 'Zeilen werden gelesen',
  storing: 'Wird gespeichert',
  ofLines: '{done} von {total} Ereignissen',
  imports: 'Importe',
  imported: { one: '{count} Ereignis importiert', other: '{count} Ereignisse importiert' },
  known: '{count} schon da',
  refused: '{count} abgelehnt',
  line: 'Zeile {number}',
  andMore: 'und {count} weitere',
  showLines: 'Abgelehnte Zeilen',
  brokeOff: 'Die Datei kam nicht ganz an. Nichts davon wurde importiert.',
  failed:
    'Er brach ab. Ein Teil kann gespeichert sein; sende die Datei noch einmal, dann kommt der Rest dazu, wenn ihre Zeilen eine id haben.',
  export: 'Export',
  exportText: 'Jedes Ereignis dieser Website. NDJSON ist, was der Import nimmt.',
  exportSize: {
    one: '{count} Ereignis; dein Browser zeigt, wie weit es ist.',
    other: '{count} Ereignisse; dein Browser zeigt, wie weit es ist.',
  },
} satisfies Translation<'transfer'>
