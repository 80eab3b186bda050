import type { Translation } from '../areas.ts'

export default {
  version: 'Footfall',
  node: 'Node.js',
  uptime: 'Läuft seit',
  memory: 'Arbeitsspeicher',
  events: 'Speicher der Ereignisse',
  metadata: 'Speicher von Konten und Einstellungen',
  cache: 'Cache',
  journal: 'Journal',
  journalText: 'Angenommene Ereignisse, die noch gespeichert werden müssen.',
  disk: 'Festplatte',
  diskText: '{free} frei',
  usedOf: '{used} von {total}',
  silent: 'antwortet nicht',
  setAside: {
    one: '{n} Datei mit Ereignissen konnte nicht gespeichert werden und wurde beiseitegelegt. docs/operations.md sagt, was zu tun ist.',
    other:
      '{n} Dateien mit Ereignissen konnten nicht gespeichert werden und wurden beiseitegelegt. docs/operations.md sagt, was zu tun ist.',
  },
  erasing: 'Wird gelöscht: {sites}',
  ofProcess: 'Von dem Prozess, der geantwortet hat; alle zehn Sekunden gefragt.',
} satisfies Translation<'system'>
