import type { Translation } from '../areas.ts'

export default {
  bot: 'Un robot, un outil de surveillance ou un navigateur sans fenêtre',
  spam_referrer: 'Le site référent figure sur la liste du spam de référents',
  dc_ip: 'L’adresse appartient à un centre de données',
  not_found: 'Aucun site avec ce domaine',
  block: 'La collecte est désactivée pour ce site',
  throttle: 'Plus d’événements que la limite de ce site ne le permet',
  site_ip_blocklist: 'L’adresse est exclue dans les paramètres',
  site_country_blocklist: 'Le pays est exclu dans les paramètres',
  site_page_blocklist: 'La page est exclue dans les paramètres',
  site_hostname_allowlist: 'Le nom d’hôte n’est pas de ceux des paramètres',
  do_not_track: 'Le navigateur demande à ne pas être suivi, et ce site le respecte',
  prefetch: 'Le navigateur a chargé la page à l’avance ; personne ne l’a regardée',
  too_old: 'Survenu plus de 48 heures avant son envoi',
  duplicate: 'Un événement avec cet id a déjà été compté',
  no_session_for_engagement: 'Un signe d’attention sans visite en cours',
} satisfies Translation<'reasons'>
