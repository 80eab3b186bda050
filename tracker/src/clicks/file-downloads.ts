import type { Click } from '../extra.ts'

/** A link to a file. The endings are those of Plausible's tracker, so that numbers stay the same after a move. */
export default ((_, link) =>
  link &&
  /\.(pdf|xlsx|docx|txt|rtf|csv|exe|key|pp(s|tx?)|7z|pkg|rar|gz|zip|avi|mov|mp([34]|eg)|midi?|w(av|m[av])|dmg)$/i.test(link.pathname) && [
    'File Download',
    { props: { url: link.origin + link.pathname } },
  ]) satisfies Click
