import type { Translation } from '../areas.ts'

export default {
  title: '訪問',
  list: '訪問（新しい順）',
  older: '以前の訪問',
  newest: '最新に戻る',
  views: { other: '{n} 回表示' },
  events: { other: '{n} イベント' },
  privacy: '訪問者は、サイト自身が識別した場合を除き、毎日変わる仮名で表示されます。アドレスは保存されません。',
  visit: '{when} の訪問',
  visitor: '訪問者 {name}',
  about: 'この訪問者について',
  close: 'この訪問を閉じる',
  happened: 'この訪問の内容',
  read: '閲覧時間 {time}',
  depth: 'ページの {depth} を閲覧',
  left: '訪問終了',
  more: '最初の {n} 件のイベントのみ表示しています。',
  unknown: '不明',
} satisfies Translation<'visits'>
