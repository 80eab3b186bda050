import type { Translation } from '../areas.ts'

export default {
  visitorCount: { one: '{n} visiteur', many: '{n} de visiteurs', other: '{n} visiteurs' },
  visitCount: { one: '{n} visite', many: '{n} de visites', other: '{n} visites' },
  nothingTitle: 'Rien sur cette période',
  nothingText:
    'Aucune visite ne correspond à cette période et à ces filtres. Une période plus longue ou moins de filtres en montreront peut-être davantage.',
  showAll: 'Afficher toute la durée',
} satisfies Translation<'reports'>
