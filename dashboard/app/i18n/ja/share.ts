import type { Translation } from '../areas.ts'

export default {
  passwordTitle: 'このダッシュボードにはパスワードが必要です',
  passwordText: 'リンクを送ってくれた人に確認してください。',
  password: 'パスワード',
  open: '開く',
  wrongPassword: 'パスワードが正しくありません。',
  tooOften: '試行回数が多すぎます。しばらくお待ちください。',
  goneTitle: 'ここでは何も共有されていません',
  goneText: 'リンクが無効にされたか、途中で切れています。',
  limited: '訪問の一部だけを表示しています。',
} satisfies Translation<'share'>
