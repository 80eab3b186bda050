/** All clicks, by their option, for the scripts whose options are known only when they run. In the order of TRACKER_CLICKS. */
import fileDownloads from './clicks/file-downloads.ts'
import formSubmissions from './clicks/form-submissions.ts'
import outboundLinks from './clicks/outbound-links.ts'
import taggedElements from './clicks/tagged-elements.ts'

export const CLICKS = Object.entries({ taggedElements, outboundLinks, fileDownloads, formSubmissions })
