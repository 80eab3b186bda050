import type { Translation } from '../areas.ts'

export default {
  signIn: 'تسجيل الدخول',
  welcome: 'مرحبًا',
  welcomeText: 'أنشئ حساب المسؤول لهذا التثبيت، ثم أضف موقعك الأول.',
  createAccount: 'إنشاء الحساب',
  email: 'البريد الإلكتروني',
  password: 'كلمة المرور',
  passwordHelp: '8 أحرف على الأقل؛ والأفضل جملة كاملة.',
  wentWrong: 'حدث خطأ ما. يُرجى المحاولة مرة أخرى.',
} satisfies Translation<'account'>
