import type { Translation } from '../areas.ts'

export default {
  signIn: 'Se connecter',
  welcome: 'Bienvenue',
  welcomeText: 'Créez le compte administrateur de cette installation. Vous ajouterez ensuite votre premier site.',
  createAccount: 'Créer le compte',
  email: 'E-mail',
  password: 'Mot de passe',
  passwordHelp: '8 caractères au minimum ; une phrase, c’est encore mieux.',
  wrong: 'L’e-mail ou le mot de passe est incorrect.',
} satisfies Translation<'account'>
