import type { Translation } from '../areas.ts'

export default {
  visitorCount: { other: '訪問者 {n} 人' },
  visitCount: { other: '訪問 {n} 件' },
  nothingTitle: 'この期間のデータはありません',
  nothingText: 'この期間とフィルターに当てはまる訪問はありません。期間を長くするか、フィルターを減らしてください。',
  showAll: '全期間を表示',
} satisfies Translation<'reports'>
