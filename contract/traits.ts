import { Type, type Static } from 'typebox'
import { EVENT_LIMITS } from './event.ts'

/** What a site said of an identified visitor, in clear: the latest that it said. */
export const Traits = Type.Record(Type.String(), Type.String())
export type Traits = Static<typeof Traits>

/** `DELETE /api/v1/sites/DOMAIN/visitors/ID` */
export const VisitorParams = Type.Object({
  site: Type.String({ maxLength: 300, description: 'Domain, URL-encoded' }),
  visitor: Type.String({ maxLength: EVENT_LIMITS.userChars, description: 'Id that `footfall.identify` was given, URL-encoded' }),
})
