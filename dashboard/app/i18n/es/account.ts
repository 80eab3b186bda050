import type { Translation } from '../areas.ts'

export default {
  signIn: 'Iniciar sesión',
  welcome: 'Te damos la bienvenida',
  welcomeText: 'Crea la cuenta de administrador de esta instalación. Después añadirás tu primer sitio.',
  createAccount: 'Crear cuenta',
  email: 'Correo electrónico',
  password: 'Contraseña',
  passwordHelp: '8 caracteres como mínimo; mejor una frase.',
  wentWrong: 'Algo ha fallado. Inténtalo de nuevo.',
} satisfies Translation<'account'>
