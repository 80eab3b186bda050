/** The pieces as one, for the scripts whose options are known only when they run. */
import { pagePattern } from '@footfall/contract/tracker.ts'
import type { Options } from './api.ts'
import fileDownloads from './clicks/file-downloads.ts'
import formSubmissions from './clicks/form-submissions.ts'
import outboundLinks from './clicks/outbound-links.ts'
import taggedElements from './clicks/tagged-elements.ts'
import type { Extra, Filter } from './extra.ts'
import clicks from './extras/clicks.ts'
import beforeSend from './filters/before-send.ts'
import pages from './filters/pages.ts'

export const clicksOf = (wanted: (name: string) => unknown): Extra =>
  clicks(
    Object.entries({ taggedElements, outboundLinks, fileDownloads, formSubmissions })
      .filter(([name]) => wanted(name))
      .map(([, click]) => click),
  )

export const filterOf = (include: string[] | undefined, exclude: string[] | undefined, before: Options['beforeSend']): Filter => {
  const counted = pages(pagePattern(include, exclude))
  const own = typeof before === 'string' ? beforeSend(before) : before
  return (event) => counted(event) && (own ? own(event) : event)
}
