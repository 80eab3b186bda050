import type { Translation } from '../areas.ts'

export default {
  signIn: 'サインイン',
  welcome: 'ようこそ',
  welcomeText: 'この環境の管理者アカウントを作成してください。次に最初のサイトを追加します。',
  createAccount: 'アカウントを作成',
  email: 'メールアドレス',
  password: 'パスワード',
  passwordHelp: '8 文字以上。文章にするのが最適です。',
  wrong: 'メールアドレスまたはパスワードが正しくありません。',
} satisfies Translation<'account'>
