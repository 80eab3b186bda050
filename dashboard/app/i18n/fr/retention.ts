import type { Translation } from '../areas.ts'

export default {
  title: 'Rétention',
  width: 'Durée d’une période',
  day: 'Jour',
  week: 'Semaine',
  month: 'Mois',
  shown: 'Contenu des cases',
  percent: 'Pourcentage',
  count: 'Visiteurs',
  firstDay: 'Première visite le',
  firstWeek: 'Première visite la semaine du',
  firstMonth: 'Première visite en',
  backDay: 'Revenus tant de jours plus tard',
  backWeek: 'Revenus tant de semaines plus tard',
  backMonth: 'Revenus tant de mois plus tard',
  all: 'Tous ensemble',
  cell: { one: '{n} sur {all} est revenu', many: '{n} sur {all} sont revenus', other: '{n} sur {all} sont revenus' },
  soFar: 'Cette période n’est pas terminée',
  who: 'Visites de qui',
  everybody: 'Tout le monde',
  identified: 'Identifiés',
  noteIdentified:
    'Seulement les visiteurs que votre site a identifiés. Une visite commencée avant l’identification compte comme celle d’un visiteur anonyme et ne figure pas ici.',
  noteTitle: 'Ce que ce tableau peut montrer',
  note: 'Footfall ne reconnaît pas les visiteurs anonymes d’un jour à l’autre : chaque jour ils sont nouveaux et comptent parmi les premières visites de ce jour. Ce tableau parle donc des visiteurs identifiés ou importés avec un nom durable. Des autres, il dit seulement qu’ils sont venus.',
  nobodyTitle: 'Personne n’a été reconnu lors d’une visite ultérieure',
  nobody:
    'Sur cette période, tous étaient anonymes ou ne sont venus qu’une fois. La première colonne dit tout de même combien sont venus pour la première fois, autant qu’on puisse le savoir.',
  emptyTitle: 'Aucune première visite sur cette période',
  emptyText:
    'La rétention regroupe les visiteurs selon leur toute première visite. Choisissez une période plus longue ou retirez des filtres.',
} satisfies Translation<'retention'>
