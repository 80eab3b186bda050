import type { Translation } from '../areas.ts'

export default {
  title: 'ضع هذا في {domain}',
  snippet: 'المقتطف',
  html: 'في <head> كل صفحة. لا يضع ملفات تعريف ارتباط.',
  nuxt: 'في nuxt.config.ts.',
  next: 'في app/layout.tsx داخل <body>.',
  wordpress: 'في functions.php الخاص بقالبك، أو بإضافة تضع الشيفرة في الترويسة.',
  gtm: 'وسم جديد من نوع HTML مخصص، يُشغَّل على All Pages.',
  recipes: 'مكان الوضع',
  arrived: 'وصلت الزيارة الأولى.',
  open: 'فتح لوحة المعلومات',
  waiting: 'في انتظار الزيارة الأولى… افتح صفحة من موقعك.',
} satisfies Translation<'install'>
