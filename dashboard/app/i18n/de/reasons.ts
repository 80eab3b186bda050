import type { Translation } from '../areas.ts'

export default {
  bot: 'Ein Crawler, ein Überwachungsdienst oder ein Browser ohne Fenster',
  spam_referrer: 'Die verweisende Website steht auf der Liste für Referrer-Spam',
  dc_ip: 'Die Adresse gehört zu einem Rechenzentrum',
  not_found: 'Keine Website mit dieser Domain',
  block: 'Für diese Website ist das Zählen abgeschaltet',
  throttle: 'Mehr Ereignisse, als das Limit dieser Website erlaubt',
  site_ip_blocklist: 'Die Adresse ist in den Einstellungen ausgeschlossen',
  site_country_blocklist: 'Das Land ist in den Einstellungen ausgeschlossen',
  site_page_blocklist: 'Die Seite ist in den Einstellungen ausgeschlossen',
  site_hostname_allowlist: 'Der Hostname ist keiner von denen in den Einstellungen',
  do_not_track: 'Der Browser bittet, nicht verfolgt zu werden, und diese Website achtet das',
  prefetch: 'Der Browser lud die Seite im Voraus; niemand sah sie an',
  too_old: 'Es geschah mehr als 48 Stunden, bevor es gesendet wurde',
  duplicate: 'Ein Ereignis mit dieser id wurde schon gezählt',
  no_session_for_engagement: 'Ein Lebenszeichen ohne offenen Besuch',
} satisfies Translation<'reasons'>
