import type { Translation } from '../areas.ts'

export default {
  passwordTitle: 'Este panel tiene contraseña',
  passwordText: 'La conoce quien te envió el enlace.',
  password: 'Contraseña',
  open: 'Abrir',
  wrongPassword: 'La contraseña no es correcta.',
  tooOften: 'Demasiados intentos. Espera un momento.',
  goneTitle: 'Aquí no se comparte nada',
  goneText: 'El enlace se revocó o está incompleto.',
  limited: 'Muestra solo una parte de las visitas.',
} satisfies Translation<'share'>
