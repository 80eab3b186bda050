import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall：すべてのサイト',
  lightTheme: 'ライトテーマ',
  darkTheme: 'ダークテーマ',
  apiKeys: 'API キー',
  signOut: 'サインアウト',
  language: '言語',
  tryAgain: '再試行',
  errorOffline: 'サーバーに接続できません。',
  errorUnavailable: '統計は現在利用できません。',
  errorTooMuch: 'この集計には時間がかかりすぎます。期間を短くするか、フィルターを減らしてください。',
  errorTooOften: 'リクエストが多すぎます。しばらくお待ちください。',
  errorUnread: '応答を読み取れませんでした。',
  offlineNote: 'オフラインです。表示内容は最新でない可能性があります。',
} satisfies Translation<'common'>
