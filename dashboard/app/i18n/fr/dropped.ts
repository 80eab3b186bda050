import type { Translation } from '../areas.ts'

export default {
  title: 'Non comptés',
  why: 'Pourquoi des événements n’ont pas été comptés',
  nothing:
    'Rien n’a été refusé sur cette période. Si une visite manque, elle n’est jamais arrivée : vérifiez que l’extrait est sur la page et que votre navigateur ne le bloque pas.',
  showSnippet: 'Afficher l’extrait',
  events: {
    one: '{count} événement a été refusé, pour cette raison :',
    many: '{count} événements ont été refusés, pour ces raisons :',
    other: '{count} événements ont été refusés, pour ces raisons :',
  },
  wholeDays: 'Jours entiers, à l’heure de {timezone}.',
  inSettings: 'Modifier ce qui n’est pas compté',
  tooOld: 'Un serveur qui envoie lui-même des événements doit le faire dans les deux jours.',
  duplicate: 'Rien ne manque : il a été renvoyé par sécurité.',
  bot: 'Un test avec un navigateur sans interface est aussi pris pour un robot.',
} satisfies Translation<'dropped'>
