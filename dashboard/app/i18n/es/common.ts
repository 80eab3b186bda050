import type { Translation } from '../areas.ts'

export default {
  allSites: 'Footfall: todos los sitios',
  lightTheme: 'Tema claro',
  darkTheme: 'Tema oscuro',
  apiKeys: 'Claves de API',
  signOut: 'Cerrar sesión',
  language: 'Idioma',
  tryAgain: 'Reintentar',
  errorOffline: 'No se puede conectar con el servidor.',
  errorUnavailable: 'Las estadísticas no están disponibles ahora.',
  errorTooMuch: 'Esta consulta tarda demasiado. Un período más corto o menos filtros ayudan.',
  errorTooOften: 'Demasiadas consultas a la vez. Espera un momento.',
  errorUnread: 'No se pudo leer la respuesta.',
  offlineNote: 'Estás sin conexión. Lo que ves puede estar desactualizado.',
} satisfies Translation<'common'>
