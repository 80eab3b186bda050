import type { Translation } from '../areas.ts'

export default {
  visitorCount: { zero: 'لا زوار', one: 'زائر واحد', two: 'زائران', few: '{n} زوار', many: '{n} زائرًا', other: '{n} زائر' },
  visitCount: { zero: 'لا زيارات', one: 'زيارة واحدة', two: 'زيارتان', few: '{n} زيارات', many: '{n} زيارة', other: '{n} زيارة' },
  nothingTitle: 'لا شيء في هذه الفترة',
  nothingText: 'لا توجد زيارة تطابق هذه الفترة وعوامل التصفية. قد تُظهر فترة أطول أو عوامل تصفية أقل المزيد.',
  showAll: 'عرض كل الفترات',
} satisfies Translation<'reports'>
