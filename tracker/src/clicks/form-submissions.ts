import type { Click } from '../extra.ts'

/** A form that is sent. The server adds the page's path, as this says nothing else about the form. */
export default ((_, link) => link === false && ['Form: Submission', {}]) satisfies Click
