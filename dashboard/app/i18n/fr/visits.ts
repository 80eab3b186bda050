import type { Translation } from '../areas.ts'

export default {
  title: 'Visites',
  list: 'Visites, les plus récentes d’abord',
  older: 'Visites plus anciennes',
  newest: 'Revenir aux plus récentes',
  views: { one: '{n} vue', many: '{n} de vues', other: '{n} vues' },
  events: { one: '{n} événement', many: '{n} d’événements', other: '{n} événements' },
  privacy:
    'Les visiteurs apparaissent sous un pseudonyme qui change chaque jour, sauf si le site indique lui-même qui ils sont. Aucune adresse n’est conservée.',
  visit: 'Visite du {when}',
  visitor: 'Visiteur {name}',
  about: 'À propos de ce visiteur',
  close: 'Fermer cette visite',
  happened: 'Ce qui s’est passé',
  read: '{time} d’attention',
  depth: '{depth} de la page vue',
  left: 'Fin de la visite',
  more: 'Seuls les {n} premiers événements sont affichés.',
  unknown: 'Inconnu',
} satisfies Translation<'visits'>
