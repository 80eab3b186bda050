import type { Translation } from '../areas.ts'

export default {
  import: 'インポート',
  importText:
    '1 行に 1 イベントのファイル（NDJSON、エクスポートと同じ形式）から過去のイベントを取り込みます。行に id があれば、すでにあるものは二重に数えられません。',
  choose: 'ファイルを選択',
  sending: '{name} を送信中',
  keepOpen: '送信が終わるまでこのページを開いたままにしてください。保存はページを閉じても続きます。',
  reading: '行を読み込み中',
  storing: '保存中',
  ofLines: '{total} 件中 {done} 件',
  imports: 'インポート一覧',
  imported: { other: '{count} 件のイベントを取り込みました' },
  known: '{count} 件は登録済み',
  refused: '{count} 行を拒否',
  line: '{number} 行目',
  andMore: 'ほか {count} 行',
  showLines: '拒否された行',
  brokeOff: 'ファイルが最後まで届きませんでした。何も取り込まれていません。',
  failed: '途中で中断しました。一部は保存されている可能性があります。行に id があれば、もう一度送信すると残りが追加されます。',
  export: 'エクスポート',
  exportText: 'このサイトのすべてのイベント。NDJSON はインポートに使える形式です。',
  exportSize: { other: 'イベント {count} 件。進み具合はブラウザーに表示されます。' },
} satisfies Translation<'transfer'>
