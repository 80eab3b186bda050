import type { SourceList } from './sources.ts'

/**
 * Search engines, and portals that people search with.
 * startpage.com is left out on purpose: the shared cases count it as Referral.
 */
export const SEARCH: SourceList = {
  named: {
    Google: 'google.* gads adwords googleads g.co com.google.android.googlequicksearchbox com.google.android.apps.searchlite googlesearch',
    Bing: 'bing.* bing.com ntp.msn.com cc.bingj.com msads com.microsoft.bing',
    'Yahoo!': 'yahoo.* yahoo.com search.yahoo.com yahoo search.yahoo.co.jp',
    DuckDuckGo: 'duckduckgo.com ddg.gg duck.com ddg com.duckduckgo.mobile.android',
    Yandex: 'yandex.* ya.ru ru.yandex.searchplugin com.yandex.browser',
    Baidu: 'baidu.com com.baidu.searchbox',
    Sogou: 'sogou.com sogo.com',
    Soso: 'soso.com',
    '360.cn': '360.cn so.com haosou.com',
    Naver: 'naver.com com.nhn.android.search',
    Daum: 'daum.net',
    Seznam: 'seznam.cz seznam.sk',
    Ecosia: 'ecosia.org com.ecosia.android',
    Qwant: 'qwant.com',
    Brave: 'search.brave.com brave.com com.brave.browser',
    Kagi: 'kagi.com',
    Mojeek: 'mojeek.com',
    Swisscows: 'swisscows.com swisscows.ch',
    MetaGer: 'metager.org metager.de',
    Ask: 'ask.com ask.fr ask.co.uk',
    AOL: 'search.aol.com search.aol.co.uk aol.com',
    Lycos: 'lycos.com lycos.de lycos.fr lycos.co.uk lycos.es',
    Excite: 'excite.com excite.co.jp',
    Dogpile: 'dogpile.com',
    Rambler: 'rambler.ru nova.rambler.ru',
    'Mail.ru': 'go.mail.ru',
    Virgilio: 'virgilio.it ricerca.virgilio.it',
    'T-Online': 'suche.t-online.de',
    Alexa: 'alexa.com',
    Babylon: 'babylon.com',
    Biglobe: 'biglobe.ne.jp',
    Centrum: 'centrum.cz',
    Eniro: 'eniro.se eniro.dk eniro.no',
    Kvasir: 'kvasir.no',
    Mamma: 'mamma.com',
    Onet: 'onet.pl szukaj.onet.pl',
    Terra: 'terra.com.br',
  },
  plain: `
    msn.com auone.jp avg.com cnn.com comcast.net conduit.com globo.com go.com incredimail.com nur.kz search-results.com
    smt.docomo.ne.jp startsiden.no tut.by ukr.net i.ua coccoc.com yep.com presearch.com presearch.org gibiru.com ixquick.com
    searx.be searxng.org petalsearch.com aspiegel.com lilo.org lilo ekosia.org info.com search.com webcrawler.com search.ch
    walla.co.il zapmeta.com entireweb.com exalead.com fireball.de goo.ne.jp nigma.ru sputnik.ru meta.ua bigmir.net so.m.sm.cn
    sm.cn yz.m.sm.cn toutiao.com so.toutiao.com stract.com marginalia.nu search.marginalia.nu baresearch.org
    search.marginalia-search.com freespoke.com oceanhero.today ecosearch.org
    alice.it biglobe.co.jp firmy.cz mynet.com najdi.si websearch.rakuten.co.jp dzen.ru gigablast.com leit.is sapo.pt bluewin.ch
    monstercrawler.com alltheweb.com altavista.com hotbot.com looksmart.com neeva.com syndicatedsearch.goog
  `,
}
