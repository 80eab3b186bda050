import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: كل المواقع',
  lightTheme: 'المظهر الفاتح',
  darkTheme: 'المظهر الداكن',
  apiKeys: 'مفاتيح API',
  signOut: 'تسجيل الخروج',
  language: 'اللغة',
  tryAgain: 'إعادة المحاولة',
  errorOffline: 'يتعذر الوصول إلى الخادم.',
  errorUnavailable: 'الإحصاءات غير متاحة الآن.',
  errorTooMuch: 'يستغرق هذا السؤال وقتًا طويلًا. تساعد فترة أقصر أو عوامل تصفية أقل.',
  errorTooOften: 'أسئلة كثيرة في وقت واحد. انتظر لحظة.',
  errorUnread: 'تعذرت قراءة الإجابة.',
  offlineNote: 'أنت غير متصل. قد يكون المعروض قديمًا.',
} satisfies Translation<'common'>
