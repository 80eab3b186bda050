import type { Translation } from '../areas.ts'

export default {
  version: 'Footfall',
  node: 'Node.js',
  uptime: '稼働時間',
  memory: 'メモリー',
  events: 'イベントの保存先',
  metadata: 'アカウントと設定の保存先',
  cache: 'キャッシュ',
  journal: 'ジャーナル',
  journalText: '受け付け済みで、まだ保存されていないイベントです。',
  disk: 'ディスク',
  diskText: '空き {free}',
  usedOf: '{used} / {total}',
  silent: '応答なし',
  setAside: { other: 'イベントのファイル {n} 件を保存できなかったため、別に置きました。対処方法は docs/operations.md をご覧ください。' },
  erasing: '削除中: {sites}',
  ofProcess: '応答したプロセスの状態です。10 秒ごとに更新されます。',
} satisfies Translation<'system'>
