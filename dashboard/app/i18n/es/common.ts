import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: todos los sitios',
  lightTheme: 'Tema claro',
  darkTheme: 'Tema oscuro',
  apiKeys: 'Claves de API',
  signOut: 'Cerrar sesión',
  language: 'Idioma',
} satisfies Translation<'common'>
