import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: كل المواقع',
  lightTheme: 'المظهر الفاتح',
  darkTheme: 'المظهر الداكن',
  apiKeys: 'مفاتيح API',
  signOut: 'تسجيل الخروج',
  language: 'اللغة',
} satisfies Translation<'common'>
