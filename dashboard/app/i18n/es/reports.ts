import type { Translation } from '../areas.ts'

export default {
  visitorCount: { one: '{n} visitante', many: '{n} de visitantes', other: '{n} visitantes' },
  visitCount: { one: '{n} visita', many: '{n} de visitas', other: '{n} visitas' },
  nothingTitle: 'Nada en este periodo',
  nothingText: 'Ninguna visita encaja con este periodo y estos filtros. Un periodo más largo o menos filtros pueden mostrar más.',
  showAll: 'Mostrar todo el tiempo',
} satisfies Translation<'reports'>
