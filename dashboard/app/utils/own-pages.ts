import type { TextKey } from '../i18n/areas.ts'

/** The pages that belong to no site; those of administrators are shown to nobody else. */
export const OWN_PAGES = [
  { text: 'account', path: '/settings/account', admin: false },
  { text: 'users', path: '/settings/users', admin: true },
  { text: 'apiKeys', path: '/settings/keys', admin: true },
  { text: 'system', path: '/settings/system', admin: true },
] as const satisfies readonly { text: TextKey<'common'>; path: string; admin: boolean }[]

export const ownPages = (role: string | undefined) => OWN_PAGES.filter(({ admin }) => !admin || role === 'admin')
