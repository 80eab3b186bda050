import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall：すべてのサイト',
  lightTheme: 'ライトテーマ',
  darkTheme: 'ダークテーマ',
  apiKeys: 'API キー',
  signOut: 'サインアウト',
  language: '言語',
} satisfies Translation<'common'>
