import type { Translation } from '../areas.ts'

export default {
  goTo: 'الانتقال إلى',
  allSites: 'جميع المواقع',
  switchSite: 'تبديل الموقع',
  thisSheet: 'هذه القائمة',
  period: 'الفترة',
  view: 'الإحصاءات',
  compare: 'تشغيل المقارنة أو إيقافها',
  stepBack: 'إغلاق التاريخ أو التكبير أو عوامل التصفية',
  graph: 'داخل الرسم البياني',
  move: 'من نقطة إلى أخرى',
  ends: 'النقطة الأولى أو الأخيرة',
  openPoint: 'فتح النقطة',
  stretch: 'تحديد نطاق لتكبيره',
} satisfies Translation<'shortcuts'>
