import type account from './en/account.ts'
import type common from './en/common.ts'
import type nav from './en/nav.ts'
import type site from './en/site.ts'
import type realtime from './en/realtime.ts'
import type reports from './en/reports.ts'
import type funnels from './en/funnels.ts'
import type retention from './en/retention.ts'
import type journeys from './en/journeys.ts'
import type shortcuts from './en/shortcuts.ts'
import type share from './en/share.ts'
import type sharing from './en/sharing.ts'
import type people from './en/people.ts'
import type system from './en/system.ts'
import type sites from './en/sites.ts'
import type install from './en/install.ts'
import type settings from './en/settings.ts'
import type script from './en/script.ts'
import type transfer from './en/transfer.ts'
import type reasons from './en/reasons.ts'
import type dropped from './en/dropped.ts'
import type visits from './en/visits.ts'
import type { Message, Plural, Values } from './text.ts'

/** The texts by where they stand: a page loads `common` and its own. English is the original; its files say which texts there are. */
export interface Areas {
  common: typeof common
  account: typeof account
  nav: typeof nav
  realtime: typeof realtime
  site: typeof site
  reports: typeof reports
  funnels: typeof funnels
  retention: typeof retention
  journeys: typeof journeys
  visits: typeof visits
  dropped: typeof dropped
  settings: typeof settings
  script: typeof script
  transfer: typeof transfer
  reasons: typeof reasons
  install: typeof install
  sites: typeof sites
  system: typeof system
  people: typeof people
  shortcuts: typeof shortcuts
  share: typeof share
  sharing: typeof sharing
}
export type Area = keyof Areas
type Texts<Of extends Area> = { [Key in keyof Areas[Of]]: Areas[Of][Key] & Message }
/** Names of texts that need no values, for lists that are kept as data. */
export type TextKey<Of extends Area> = { [Key in keyof Areas[Of]]: Values<Texts<Of>[Key]> extends [] ? Key : never }[keyof Areas[Of]] &
  string

/** An area in another language: every text of it and no other, each a plural where English has one. A missing one does not compile. */
export type Translation<Of extends Area> = { [Key in keyof Areas[Of]]: Areas[Of][Key] extends string ? string : Plural }
export type AnyTexts = Record<string, Message>

/** Says the texts of an area in the language of the dashboard; takes the values that a text needs. */
export type Say<Of extends Area> = <Key extends keyof Areas[Of] & string>(key: Key, ...[values]: Values<Texts<Of>[Key]>) => string
