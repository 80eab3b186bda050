import type { Translation } from '../areas.ts'

export default {
  title: 'サイト',
  search: 'サイトを検索',
  add: 'サイトを追加',
  none: 'サイトはまだありません。最初のサイトを追加し、スニペットをページに貼り付けてください。訪問は数秒でここに表示されます。',
  addFirst: '最初のサイトを追加',
  noMatch: '「{text}」に一致するサイトはありません。',
  visitors: { other: '人の訪問者（過去 7 日間）' },
  now: '現在 {count}',
  failed: '数値を読み込めませんでした。',
  domain: 'ドメイン',
  domainHelp: 'https:// と www. は不要です',
  timezone: 'タイムゾーン',
  timezoneHelp: '統計の 1 日はその地域の午前 0 時に始まります。',
  searchCity: '都市を検索',
  addSite: '追加する',
} satisfies Translation<'sites'>
