/** Names that browsers still list, with those that people look for: both mean the same zone everywhere. */
const RENAMED: Readonly<Record<string, string>> = {
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
}
const current = (name: string) => RENAMED[name] ?? name

/** Time zones to choose from, UTC first: it is what a site without a place should have. */
export function timezones(): string[] {
  const others = Intl.supportedValuesOf('timeZone').map(current)
  return ['Etc/UTC', ...others.filter((name) => name !== 'Etc/UTC' && name !== 'UTC').toSorted()]
}

/** The zone of the person at the keyboard, under a name that servers know. */
export function ownTimezone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return own && own !== 'UTC' ? current(own) : 'Etc/UTC'
}
