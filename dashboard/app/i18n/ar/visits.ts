import type { Translation } from '../areas.ts'

export default {
  title: 'الزيارات',
  list: 'الزيارات، الأحدث أولًا',
  older: 'زيارات أقدم',
  newest: 'العودة إلى الأحدث',
  views: { zero: 'بلا مشاهدات', one: 'مشاهدة واحدة', two: 'مشاهدتان', few: '{n} مشاهدات', many: '{n} مشاهدة', other: '{n} مشاهدة' },
  events: { zero: 'بلا أحداث', one: 'حدث واحد', two: 'حدثان', few: '{n} أحداث', many: '{n} حدثًا', other: '{n} حدث' },
  privacy: 'يظهر الزوار باسم مستعار يتغير كل يوم، ما لم يعرّف بهم الموقع نفسه، ولا يُحفظ أي عنوان.',
  visit: 'زيارة {when}',
  visitor: 'الزائر {name}',
  about: 'عن هذا الزائر',
  close: 'إغلاق هذه الزيارة',
  happened: 'ما الذي حدث',
  read: '{time} من الانتباه',
  depth: 'شوهد {depth} من الصفحة',
  left: 'انتهت الزيارة',
  more: 'تظهر أول {n} من الأحداث فقط.',
  unknown: 'غير معروف',
} satisfies Translation<'visits'>
