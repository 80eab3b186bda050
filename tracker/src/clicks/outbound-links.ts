import type { Click } from '../extra.ts'

/** A link that leads away from the site. */
export default ((_, link) =>
  link && link.host && link.host !== location.host && ['Outbound Link: Click', { props: { url: link.href } }]) satisfies Click
