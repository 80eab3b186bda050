import type { Translation } from '../areas.ts'

export default {
  bot: 'クローラー、監視ツール、またはヘッドレスブラウザー',
  spam_referrer: '参照元がリファラースパムの一覧にある',
  dc_ip: 'アドレスがデータセンターのもの',
  not_found: 'このドメインのサイトがない',
  block: 'このサイトの計測は停止中',
  throttle: 'このサイトの上限を超えたイベント',
  site_ip_blocklist: 'アドレスが設定で除外されている',
  site_country_blocklist: '国が設定で除外されている',
  site_page_blocklist: 'ページが設定で除外されている',
  site_hostname_allowlist: 'ホスト名が設定の一覧にない',
  do_not_track: 'ブラウザーが追跡拒否を求めており、このサイトはそれに従う',
  prefetch: 'ブラウザーの先読みで、誰も見ていない',
  too_old: '発生から送信まで 48 時間を超えている',
  duplicate: 'この id のイベントは集計済み',
  no_session_for_engagement: '訪問が始まっていない滞在の通知',
} satisfies Translation<'reasons'>
