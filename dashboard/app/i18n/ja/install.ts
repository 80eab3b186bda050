import type { Translation } from '../areas.ts'

export default {
  title: '{domain} に設置してください',
  snippet: 'スニペット',
  html: '各ページの <head> に貼り付けます。Cookie は使いません。',
  nuxt: 'nuxt.config.ts に追加します。',
  next: 'app/layout.tsx の <body> 内に追加します。',
  wordpress: 'テーマの functions.php に追加するか、head にコードを入れるプラグインを使います。',
  gtm: '「カスタム HTML」タグを新規作成し、トリガーを「All Pages」にします。',
  recipes: '設置先',
  arrived: '最初の訪問を受信しました。',
  open: 'ダッシュボードを開く',
  waiting: '最初の訪問を待っています… サイトのページを開いてみてください。',
} satisfies Translation<'install'>
