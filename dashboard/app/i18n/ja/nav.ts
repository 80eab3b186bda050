import type { Translation } from '../areas.ts'

export default {
  pagesOf: '{domain} のページ',
  overview: '概要',
  realtime: 'リアルタイム',
  funnels: 'ファネル',
  retention: 'リテンション',
  journeys: '経路',
  visits: '訪問',
  notCounted: '対象外',
  settings: '設定',
  site: 'サイト',
  searchSites: 'サイトを検索',
  addSite: 'サイトを追加',
} satisfies Translation<'nav'>
