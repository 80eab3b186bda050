import type { Translation } from '../areas.ts'

export default {
  visitors: '訪問者',
  visits: '訪問',
  views: '表示',
  share: '割合',
  value: '値',
  page: 'ページ',
  source: '流入元',
  channel: 'チャネル',
  country: '国',
  device: 'デバイス',
  browser: 'ブラウザ',
  system: 'OS',
  language: '言語',
  visitorCount: { other: '訪問者 {n} 人' },
  visitCount: { other: '訪問 {n} 件' },
  nothingTitle: 'この期間のデータはありません',
  nothingText: 'この期間とフィルターに当てはまる訪問はありません。期間を長くするか、フィルターを減らしてください。',
  showAll: '全期間を表示',
} satisfies Translation<'reports'>
