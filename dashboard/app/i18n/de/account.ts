import type { Translation } from '../areas.ts'

export default {
  signIn: 'Anmelden',
  welcome: 'Willkommen',
  welcomeText: 'Lege das Administratorkonto dieser Installation an. Danach fügst du deine erste Website hinzu.',
  createAccount: 'Konto anlegen',
  email: 'E-Mail',
  password: 'Passwort',
  passwordHelp: 'Mindestens 8 Zeichen; am besten ein Satz.',
  wrong: 'E-Mail oder Passwort stimmt nicht.',
} satisfies Translation<'account'>
