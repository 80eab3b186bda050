export default {
  signIn: 'Sign in',
  welcome: 'Welcome',
  welcomeText: 'Create the administrator of this installation. Next you add your first site.',
  createAccount: 'Create account',
  email: 'Email',
  password: 'Password',
  passwordHelp: 'At least 8 characters; a sentence is best.',
  wentWrong: 'Something went wrong. Please try again.',
} as const
