import type { Translation } from '../areas.ts'

export default {
  passwordTitle: 'Dieses Dashboard hat ein Passwort',
  passwordText: 'Wer dir den Link geschickt hat, kennt es.',
  password: 'Passwort',
  open: 'Öffnen',
  wrongPassword: 'Das Passwort stimmt nicht.',
  tooOften: 'Zu viele Versuche. Warte einen Moment.',
  goneTitle: 'Hier wird nichts geteilt',
  goneText: 'Der Link wurde widerrufen oder ist unvollständig.',
  limited: 'Zeigt nur einen Teil der Besuche.',
} satisfies Translation<'share'>
