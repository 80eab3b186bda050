import type { Translation } from '../areas.ts'

export default {
  title: 'المواقع',
  search: 'البحث في المواقع',
  add: 'إضافة موقع',
  none: 'لا يوجد موقع بعد. أضف الأول وضع شيفرته في صفحاتك؛ تظهر الزيارات هنا خلال ثوانٍ.',
  addFirst: 'أضف موقعك الأول',
  noMatch: 'لا موقع يطابق «{text}».',
  visitors: {
    zero: 'زائر في آخر 7 أيام',
    one: 'زائر في آخر 7 أيام',
    two: 'زائران في آخر 7 أيام',
    few: 'زوار في آخر 7 أيام',
    many: 'زائرًا في آخر 7 أيام',
    other: 'زائر في آخر 7 أيام',
  },
  now: '{count} الآن',
  failed: 'تعذر تحميل الأرقام.',
  domain: 'النطاق',
  domainHelp: 'دون ‎https://‎ و‎www.‎',
  timezone: 'المنطقة الزمنية',
  timezoneHelp: 'تبدأ أيام الإحصاءات عند منتصف الليل هناك.',
  searchCity: 'ابحث عن مدينة',
  addSite: 'إضافة الموقع',
} satisfies Translation<'sites'>
