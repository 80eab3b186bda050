import type { Translation } from '../areas.ts'

export default {
  signIn: 'Se connecter',
  welcome: 'Bienvenue',
  welcomeText: 'Créez le compte administrateur de cette installation. Vous ajouterez ensuite votre premier site.',
  createAccount: 'Créer le compte',
  email: 'E-mail',
  password: 'Mot de passe',
  passwordHelp: '8 caractères au minimum ; une phrase, c’est encore mieux.',
  wentWrong: 'Une erreur s’est produite. Veuillez réessayer.',
} satisfies Translation<'account'>
