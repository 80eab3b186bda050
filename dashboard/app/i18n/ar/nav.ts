import type { Translation } from '../areas.ts'

export default {
  pagesOf: 'صفحات {domain}',
  overview: 'نظرة عامة',
  realtime: 'الآن',
  funnels: 'مسارات التحويل',
  retention: 'معدل العودة',
  journeys: 'مسارات التصفح',
  visits: 'الزيارات',
  notCounted: 'غير محسوب',
  settings: 'الإعدادات',
  site: 'الموقع',
  searchSites: 'البحث في المواقع',
  addSite: 'إضافة موقع',
} satisfies Translation<'nav'>
