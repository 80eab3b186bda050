import type { Translation } from '../areas.ts'

export default {
  import: 'Importar',
  importText:
    'Eventos del pasado, de un archivo con un evento por línea (NDJSON), como lo escribe la exportación. Lo que ya está cuenta una sola vez, si sus líneas tienen id.',
  choose: 'Elegir un archivo',
  sending: 'Enviando {name}',
  keepOpen: 'Mantén esta página abierta hasta que se envíe el archivo. El guardado sigue sin ella.',
  reading: 'Leyendo las líneas',
  storing: 'Guardando',
  ofLines: '{done} de {total} eventos',
  imports: 'Importaciones',
  imported: { one: '{count} evento importado', many: '{count} de eventos importados', other: '{count} eventos importados' },
  known: '{count} ya estaban',
  refused: '{count} rechazadas',
  line: 'Línea {number}',
  andMore: 'y {count} más',
  showLines: 'Líneas rechazadas',
  brokeOff: 'El archivo no llegó entero. No se importó nada.',
  failed: 'Se interrumpió. Puede que una parte esté guardada; envía el archivo otra vez y se añade el resto, si sus líneas tienen id.',
  export: 'Exportar',
  exportText: 'Todos los eventos de este sitio. NDJSON es lo que acepta la importación.',
  exportSize: {
    one: '{count} evento; tu navegador muestra el avance.',
    many: '{count} de eventos; tu navegador muestra el avance.',
    other: '{count} eventos; tu navegador muestra el avance.',
  },
} satisfies Translation<'transfer'>
