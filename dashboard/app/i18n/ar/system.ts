import type { Translation } from '../areas.ts'

export default {
  version: 'Footfall',
  node: 'Node.js',
  uptime: 'مدة التشغيل',
  memory: 'الذاكرة',
  events: 'مخزن الأحداث',
  metadata: 'مخزن الحسابات والإعدادات',
  cache: 'الذاكرة المؤقتة',
  journal: 'السجل المؤقت',
  journalText: 'أحداث مقبولة لم تُخزَّن بعد.',
  disk: 'القرص',
  diskText: '{free} متاحة',
  usedOf: '{used} من {total}',
  silent: 'لا يستجيب',
  setAside: {
    zero: 'لا توجد ملفات أحداث وُضعت جانبًا ({n}). راجع docs/operations.md.',
    one: 'تعذر تخزين ملف أحداث واحد ({n}) فوُضع جانبًا. راجع docs/operations.md.',
    two: 'تعذر تخزين ملفي أحداث ({n}) فوُضعا جانبًا. راجع docs/operations.md.',
    few: 'تعذر تخزين {n} ملفات أحداث فوُضعت جانبًا. راجع docs/operations.md.',
    many: 'تعذر تخزين {n} ملف أحداث فوُضعت جانبًا. راجع docs/operations.md.',
    other: 'تعذر تخزين {n} ملف أحداث فوُضعت جانبًا. راجع docs/operations.md.',
  },
  erasing: 'قيد المحو: {sites}',
  ofProcess: 'عن العملية التي أجابت، ويُسأل كل عشر ثوانٍ.',
} satisfies Translation<'system'>
