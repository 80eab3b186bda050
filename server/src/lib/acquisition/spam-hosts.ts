/** Parts of host names that only referrer spam has. */
export const SPAM_WORDS =
  /(?:^|[.-])(?:semalt|darodar|econom\.co|buttons-for|best-seo|seo-offer|free-(?:share|social)-buttons|share-buttons|traffic2cash|trafficmonetize[rd]?|ilovevitaly|o-o-\d+-o-o|rank-checker|buy-cheap-online|cheap-traffic|get-free-traffic|free-traffic|auto-seo|seo-platform|website-analy[sz]er|youporn-forum|simple-share|video--production|make-money-online)(?=$|[.-])/

/** Hosts that send made-up referrers so that owners of sites look them up. Subdomains count. */
export const SPAM_HOSTS = `
  1-best-seo.com 100dollars-seo.com 12masterov.com 4webmasters.org 7makemoneyonline.com 7zap.com adspart.com advertex.info
  adviceforum.info affordablewebsitesandmobileapps.com alibestsale.com anticrawler.org backlinkwatch.com
  baixar-musicas-gratis.com bestwebsitesawards.com best-seo-offer.com best-seo-report.com best-seo-service.com
  best-seo-software.xyz best-seo-solution.com bif-ru.info black-friday.ga blackhatworth.com blue-square.biz bluerobot.info
  boltalko.xyz break-the-chains.com brothers-smaller.ru buttons-for-website.com buttons-for-your-website.com
  buy-cheap-online.info cenokos.ru cenoval.ru chcu.net chinese-amezon.com cityadspix.com copyrightclaims.org cyber-monday.ga
  darodar.com dailyrank.net dbutton.net descargar-musica-gratis.me docsarchive.net domination.ml e-buyeasy.com econom.co
  edakgfvwql.ru erot.co escort-russian.com eu-cookie-law.info event-tracking.com extener.org extremez.net eyes-on-you.ga
  fbdownloader.com fix-website-errors.com floating-share-buttons.com forsex.info forum69.info free-floating-buttons.com
  free-share-buttons.com free-social-buttons.com freewhatsappload.com fsalas.com generalporn.org get-free-social-traffic.com
  get-free-traffic-now.com get-your-social-buttons.info getlamborghini.ga ghazel.ru girlporn.ru goodprotein.ru googlsucks.com
  guardlink.org hacktehnik.ru howopen.ru howtostopreferralspam.eu hulfingtonpost.com humanorightswatch.org hvd-store.com
  igru-xbox.net iloveitaly.ro iloveitaly.ru ilovevitaly.co ilovevitaly.com ilovevitaly.info ilovevitaly.org ilovevitaly.ru
  iminent.com imperiafilm.ru incomekey.net investpamm.ru iskalko.ru jjbabskoe.ru justprofit.xyz kambasoft.com
  keywords-monitoring-success.com keywords-monitoring-your-success.com kino-fun.ru kino-key.info kinopolet.net konkursov.net
  law-check-two.xyz law-enforcement-check-three.xyz law-enforcement-ee.xyz littleberry.ru livefixer.com lol-smurfs.com
  luxup.ru monetizationking.net moyakuhnia.ru msk.afora.ru myftpupload.com netvibes.ga niki-mlt.ru o-o-6-o-o.com o-o-6-o-o.ru
  o-o-8-o-o.com online-hit.info onlywoman.org ooo-olni.ru ownshop.cf pops.foundation pornhub-forum.ga pornhub-ru.com
  pornogig.com pornoforadult.com pozdravleniya-c.ru priceg.com prodvigator.ua prlog.ru qwesa.ru rank-checker.online
  rankings-analytics.com ranksonic.info ranksonic.net ranksonic.org rapidgator-porn.ga reversing.cc ru-lk-rt.ru rusexy.xyz
  santasgift.ml savetubevideo.com savetubevideo.info screentoolkit.com semalt.com semalt.net semaltmedia.com sitevaluation.org
  seo-platform.com seo-smm.kz seoanalyses.com seoexperimenty.ru seopub.net sexsaoy.com sexyali.com share-buttons.xyz
  sharebutton.net sharebutton.to shop.xz618.com sibecoprom.ru simple-share-buttons.com site-auditor.online site5.com
  siteripz.net sladkoevideo.com sledstvie-veli.net slftsdybbg.ru slkrm.ru smailik.org snip.to snip.tw soaksoak.ru
  social-buttons.com socialseet.ru sosdepotdebilan.com steame.ru success-seo.com superiends.org sundrugstores.com tattooha.com
  theguardlan.com thesmartsearch.net top1-seo-service.com topquality.cf topseoservices.co torture.ml trafers.com
  traffic-cash.xyz traffic2cash.org traffic2cash.xyz traffic2money.com trafficmonetize.org trafficmonetizer.org
  unpredictable.ga uptimebot.net uptimechecker.com video--production.com video-woman.com vodkoved.ru vzubkah.com
  w3javascript.com webmaster-traffic.com webmonetizer.net website-analytics.online website-analyzer.info
  website-errors-scanner.com website-speed-check.site websites-reviews.com websocial.me wmasterlead.com wordpress-crew.net
  wordpresscore.com ykecwqlixx.ru yodse.io youporn-forum.ga youporn-ru.com yourserverisdown.com zoominfo.ga
`
