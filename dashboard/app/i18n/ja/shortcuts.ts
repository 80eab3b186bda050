import type { Translation } from '../areas.ts'

export default {
  goTo: '移動',
  allSites: 'すべてのサイト',
  switchSite: 'サイトを切り替え',
  thisSheet: 'この一覧',
  period: '期間',
  view: '統計',
  compare: '比較のオン・オフ',
  stepBack: '日付・拡大・フィルターを解除',
  graph: 'グラフを選択中',
  move: '前後の点へ',
  ends: '最初・最後の点へ',
  openPoint: '点を開く',
  stretch: '拡大する範囲を選択',
} satisfies Translation<'shortcuts'>
