/** Options of the generic script: `data-*` of its own tag. Injected by build.ts in place of the constants. */
const { dataset } = document.currentScript as HTMLScriptElement

const flag = (name: string) => name in dataset && dataset[name] !== 'false'

export const HASH = flag('hash')
export const LOCALHOST = flag('localhost')
export const MANUAL = flag('manual')
export const OUTBOUND_LINKS = flag('outboundLinks')
export const FILE_DOWNLOADS = flag('fileDownloads')
export const FORM_SUBMISSIONS = flag('formSubmissions')
export const DOMAIN = dataset.domain
export const ENDPOINT = dataset.api || PLACE_ENDPOINT
