import type { Translation } from '../areas.ts'

export default {
  title: 'Sites',
  search: 'Rechercher un site',
  add: 'Ajouter un site',
  none: 'Aucun site pour le moment. Ajoutez le premier et placez son extrait de code sur vos pages ; les visites apparaissent ici en quelques secondes.',
  addFirst: 'Ajouter votre premier site',
  noMatch: 'Aucun site ne correspond à « {text} ».',
  visitors: { one: 'visiteur ces 7 derniers jours', many: 'de visiteurs ces 7 derniers jours', other: 'visiteurs ces 7 derniers jours' },
  now: '{count} en ce moment',
  failed: 'Les chiffres n’ont pas pu être chargés.',
  domain: 'Domaine',
  domainHelp: 'Sans https:// ni www.',
  timezone: 'Fuseau horaire',
  timezoneHelp: 'Les jours des statistiques y commencent à minuit.',
  searchCity: 'Rechercher une ville',
  addSite: 'Ajouter le site',
} satisfies Translation<'sites'>
