import type { SourceList } from './sources.ts'

/** Webmail. Outlook.com and Yahoo! Mail stand among the others: the shared cases count them as Referral. */
export const EMAIL: SourceList = {
  named: {
    Gmail: 'mail.google.com inbox.google.com com.google.android.gm',
    'Proton Mail': 'mail.proton.me protonmail.com mail.protonmail.com ch.protonmail.android',
    'AOL Mail': 'mail.aol.com mail.aol.co.uk',
    'Zoho Mail': 'mail.zoho.com mail.zoho.eu mail.zoho.in',
    'Yandex Mail': 'mail.yandex.ru mail.yandex.com mail.yandex.net',
    'Mail.Ru Mail': 'e.mail.ru touch.mail.ru',
    'QQ Mail': 'mail.qq.com exmail.qq.com wx.mail.qq.com',
    '163 Mail': 'mail.163.com',
    '126 Mail': 'mail.126.com',
    'Naver Mail': 'mail.naver.com',
    'Daum Mail': 'mail.daum.net mail2.daum.net',
    'Seznam Mail': 'email.seznam.cz',
    'GMX Mail': 'navigator.gmx.net deref-gmx.net gmx.net gmx.com gmx.de',
    'WEB.DE Mail': 'navigator.web.de deref-web.de deref-web-02.de',
    'Orange Webmail': 'webmail.orange.fr messagerie.orange.fr',
    Fastmail: 'fastmail.com app.fastmail.com',
    Tuta: 'mail.tutanota.com app.tuta.com',
    'iCloud Mail': 'icloud.com',
    HEY: 'app.hey.com',
    Superhuman: 'mail.superhuman.com',
    Roundcube: '',
  },
  plain: `
    mail.rambler.ru poczta.onet.pl poczta.wp.pl poczta.o2.pl webmail.freenet.de mail.libero.it mailbox.org mail.com
    mail.rediff.com mail.ukr.net mail.bigpond.com webmail.free.fr mail.163.net mail.sina.com.cn mailchi.mp
    mail.ionos.com mail.ionos.de webmail.strato.de email.t-online.de webmail.gandi.net mail.infomaniak.com createsend.com
    campaign-archive.com list-manage.com sendgrid.net convertkit-mail.com substack-mail.com
  `,
}
