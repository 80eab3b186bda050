import { track } from './events.ts'

/** Endings that make a link a download; the list of Plausible's tracker, so that numbers stay the same after a move. */
const FILE = /\.(pdf|xlsx|docx|txt|rtf|csv|exe|key|pps|pptx?|7z|pkg|rar|gz|zip|avi|mov|mp4|mpeg|wmv|midi?|mp3|wav|wma|dmg)$/i

/** Counts a click on a link that leads away from the site, or to a file. */
export const click = (event: MouseEvent) => {
  const link = (event.target as Element).closest('a')
  // The middle button opens a tab, the right one only a menu.
  if (!link || event.button > 1) return
  if (OUTBOUND_LINKS && link.host && link.host !== location.host) track('Outbound Link: Click', { props: { url: link.href } })
  else if (FILE_DOWNLOADS && FILE.test(link.pathname)) track('File Download', { props: { url: link.origin + link.pathname } })
}
