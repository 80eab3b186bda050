export default {
  signIn: 'Sign in',
  welcome: 'Welcome',
  welcomeText: 'Create the administrator of this installation. Next you add your first site.',
  createAccount: 'Create account',
  email: 'Email',
  password: 'Password',
  passwordHelp: 'At least 8 characters; a sentence is best.',
  wrong: 'The email or the password is not right.',
} as const
