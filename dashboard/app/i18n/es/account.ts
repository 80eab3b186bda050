import type { Translation } from '../areas.ts'

export default {
  signIn: 'Iniciar sesión',
  welcome: 'Te damos la bienvenida',
  welcomeText: 'Crea la cuenta de administrador de esta instalación. Después añadirás tu primer sitio.',
  createAccount: 'Crear cuenta',
  email: 'Correo electrónico',
  password: 'Contraseña',
  passwordHelp: '8 caracteres como mínimo; mejor una frase.',
  wrong: 'El correo o la contraseña no es correcto.',
} satisfies Translation<'account'>
