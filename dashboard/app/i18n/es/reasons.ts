import type { Translation } from '../areas.ts'

export default {
  bot: 'Un rastreador, un monitor o un navegador sin ventana',
  spam_referrer: 'El sitio de origen está en la lista de spam de referencias',
  dc_ip: 'La dirección pertenece a un centro de datos',
  not_found: 'Ningún sitio con este dominio',
  block: 'La recogida está desactivada para este sitio',
  throttle: 'Más eventos de los que permite el límite de este sitio',
  site_ip_blocklist: 'La dirección está excluida en los ajustes',
  site_country_blocklist: 'El país está excluido en los ajustes',
  site_page_blocklist: 'La página está excluida en los ajustes',
  site_hostname_allowlist: 'El nombre de host no es ninguno de los de los ajustes',
  do_not_track: 'El navegador pide que no se le rastree, y este sitio lo respeta',
  prefetch: 'El navegador cargó la página por adelantado; nadie la miró',
  too_old: 'Ocurrió más de 48 horas antes de enviarse',
  duplicate: 'Ya se contó un evento con este id',
  no_session_for_engagement: 'Una señal de atención sin visita abierta',
} satisfies Translation<'reasons'>
