import type { Translation } from '../areas.ts'

export default {
  bot: 'زاحف أو أداة مراقبة أو متصفح بلا نافذة',
  spam_referrer: 'المصدر مدرج في قائمة المصادر المزعجة',
  dc_ip: 'العنوان تابع لمركز بيانات',
  not_found: 'لا موقع بهذا النطاق',
  block: 'الجمع متوقف لهذا الموقع',
  throttle: 'أحداث أكثر مما يسمح به حد هذا الموقع',
  site_ip_blocklist: 'العنوان مستبعد في الإعدادات',
  site_country_blocklist: 'الدولة مستبعدة في الإعدادات',
  site_page_blocklist: 'الصفحة مستبعدة في الإعدادات',
  site_hostname_allowlist: 'اسم المضيف ليس من أسماء الإعدادات',
  do_not_track: 'يطلب المتصفح عدم التتبع، والموقع يحترم ذلك',
  prefetch: 'جلب المتصفح الصفحة مسبقًا ولم يشاهدها أحد',
  too_old: 'حدث قبل إرساله بأكثر من 48 ساعة',
  duplicate: 'حُسب من قبل حدث بهذا المعرّف',
  no_session_for_engagement: 'إشارة اهتمام بلا زيارة مفتوحة',
} satisfies Translation<'reasons'>
