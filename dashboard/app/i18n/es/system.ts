import type { Translation } from '../areas.ts'

export default {
  version: 'Footfall',
  node: 'Node.js',
  uptime: 'En marcha desde hace',
  memory: 'Memoria',
  events: 'Almacén de eventos',
  metadata: 'Almacén de cuentas y ajustes',
  cache: 'Caché',
  journal: 'Diario',
  journalText: 'Eventos aceptados que aún deben guardarse.',
  disk: 'Disco',
  diskText: '{free} libres',
  usedOf: '{used} de {total}',
  silent: 'no responde',
  setAside: {
    one: '{n} archivo de eventos no se pudo guardar y se apartó. docs/operations.md explica qué hacer.',
    many: '{n} de archivos de eventos no se pudieron guardar y se apartaron. docs/operations.md explica qué hacer.',
    other: '{n} archivos de eventos no se pudieron guardar y se apartaron. docs/operations.md explica qué hacer.',
  },
  erasing: 'Borrándose: {sites}',
  ofProcess: 'Del proceso que respondió; se consulta cada diez segundos.',
} satisfies Translation<'system'>
