import type { SourceList } from './sources.ts'

/** Known by name, of no category: their visitors are Referral. */
export const OTHER: SourceList = {
  named: {
    Wikipedia: 'wikipedia.org wikipedia wiki org.wikipedia',
    Linktree: 'linktr.ee linktree',
    'Outlook.com': 'outlook.live.com mail.live.com outlook.com outlook.office.com outlook.office365.com com.microsoft.office.outlook',
    'Yahoo! Mail': 'mail.yahoo.com mail.yahoo.net mail.yahoo.co.uk mail.yahoo.co.jp com.yahoo.mobile.client.android.mail',
  },
  plain: '',
}
