import type { Translation } from '../areas.ts'

export default {
  version: 'Footfall',
  node: 'Node.js',
  uptime: 'En marche depuis',
  memory: 'Mémoire',
  events: 'Base des événements',
  metadata: 'Base des comptes et paramètres',
  cache: 'Cache',
  journal: 'Journal',
  journalText: 'Événements acceptés qui restent à enregistrer.',
  disk: 'Disque',
  diskText: '{free} libres',
  usedOf: '{used} sur {total}',
  silent: 'ne répond pas',
  setAside: {
    one: '{n} fichier d’événements n’a pas pu être enregistré et a été mis de côté. docs/operations.md explique quoi faire.',
    many: '{n} de fichiers d’événements n’ont pas pu être enregistrés et ont été mis de côté. docs/operations.md explique quoi faire.',
    other: '{n} fichiers d’événements n’ont pas pu être enregistrés et ont été mis de côté. docs/operations.md explique quoi faire.',
  },
  erasing: 'En cours d’effacement : {sites}',
  ofProcess: 'Du processus qui a répondu, interrogé toutes les dix secondes.',
} satisfies Translation<'system'>
