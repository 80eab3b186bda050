import type { Translation } from '../areas.ts'

export default {
  import: 'Import',
  importText:
    'Des événements passés, depuis un fichier avec un événement par ligne (NDJSON), tel que l’export l’écrit. Ce qui existe déjà ne compte qu’une fois, si ses lignes ont un id.',
  choose: 'Choisir un fichier',
  sending: 'Envoi de {name}',
  keepOpen: 'Gardez cette page ouverte jusqu’à la fin de l’envoi. L’enregistrement continue sans elle.',
  reading: 'Lecture des lignes',
  storing: 'Enregistrement',
  ofLines: '{done} événements sur {total}',
  imports: 'Imports',
  imported: { one: '{count} événement importé', many: '{count} d’événements importés', other: '{count} événements importés' },
  known: '{count} déjà présents',
  refused: '{count} refusées',
  line: 'Ligne {number}',
  andMore: 'et {count} autres',
  showLines: 'Lignes refusées',
  brokeOff: 'Le fichier n’est pas arrivé en entier. Rien n’a été importé.',
  failed: 'Il a été interrompu. Une partie est peut-être enregistrée ; renvoyez le fichier pour ajouter le reste, si ses lignes ont un id.',
  export: 'Export',
  exportText: 'Tous les événements de ce site. NDJSON est le format de l’import.',
  exportSize: {
    one: '{count} événement ; votre navigateur montre l’avancement.',
    many: '{count} d’événements ; votre navigateur montre l’avancement.',
    other: '{count} événements ; votre navigateur montre l’avancement.',
  },
} satisfies Translation<'transfer'>
