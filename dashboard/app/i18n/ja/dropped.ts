import type { Translation } from '../areas.ts'

export default {
  title: '集計対象外',
  why: 'イベントが集計されなかった理由',
  nothing:
    'この期間に拒否されたものはありません。それでも訪問が見当たらない場合は届いていません。スニペットがページにあるか、ブラウザーがブロックしていないか確認してください。',
  showSnippet: 'スニペットを表示',
  events: { other: '{count} 件のイベントが次の理由で拒否されました:' },
  wholeDays: '{timezone} での 1 日単位です。',
  inSettings: '集計しないものを変更',
  tooOld: '自分でイベントを送るサーバーは、2 日以内に送信してください。',
  duplicate: '不足はありません。念のため再送されたものです。',
  bot: 'ヘッドレスブラウザーでのテストもクローラーとみなされます。',
} satisfies Translation<'dropped'>
