import type { Translation } from '../areas.ts'

export default {
  passwordTitle: 'لوحة المعلومات هذه محمية بكلمة مرور',
  passwordText: 'يعرفها من أرسل إليك الرابط.',
  password: 'كلمة المرور',
  open: 'فتح',
  wrongPassword: 'كلمة المرور غير صحيحة.',
  tooOften: 'محاولات كثيرة جدًا. انتظر لحظة.',
  goneTitle: 'لا شيء مشترك هنا',
  goneText: 'أُلغي الرابط أو أنه غير مكتمل.',
  limited: 'يعرض جزءًا من الزيارات فقط.',
} satisfies Translation<'share'>
