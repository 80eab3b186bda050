import type { SourceList } from './sources.ts'

/** Shops, market places and price comparisons. Most keep the spelling of their host, as in the shared cases. */
export const SHOPPING: SourceList = {
  named: {
    Amazon: 'amazon.* amazon.com amzn.to amzn.com a.co com.amazon.mshop.android.shopping',
  },
  plain: `
    ebay.* ebay etsy.com etsy.me etsy walmart.com walmart.* walmart shopify.com myshopify.com shopify shop.app
    apps.shopify.com checkout.shopify.com one.walmart.com aliexpress.* aliexpress alibaba.* alibaba 1688.com
    taobao.com taobao tmall.com tmall jd.com jd temu.com temu shein.* shein wish.com wish target.com target
    bestbuy.com bestbuy costco.com costco homedepot.com lowes.com wayfair.com wayfair ikea.* ikea overstock.com newegg.com
    mercadolibre.* mercadolibre mercadolivre.* mercadolivre rakuten.* rakuten flipkart.com flipkart myntra.com
    snapdeal.com meesho.com lazada.* lazada shopee.* shopee tokopedia.com tokopedia bukalapak.com coupang.com gmarket.co.kr
    11st.co.kr zozo.jp mercari.com mercari kakaku.com ozon.ru ozon wildberries.ru wildberries market.yandex.ru avito.ru allegro.pl
    allegro ceneo.pl zalando.* zalando otto.de idealo.* idealo bol.com bol cdiscount.com fnac.com leboncoin.fr kelkoo.*
    pricerunner.* pricegrabber.com shopping.com shopping.google.com shopzilla.com nextag.com bizrate.com shopping.uk.com
    uk.shopping.net shopping.yahoo.co.jp simplycodes.com stripe.com checkout.stripe.com igshopping ig-shopping facebook-shops
    trendyol.com hepsiburada.com n11.com emag.ro emag.hu alza.cz heureka.cz mall.cz noon.com jumia.* jumia souq.com digikala.com
    depop.com poshmark.com vinted.* vinted stockx.com gumroad.com redbubble.com zazzle.com society6.com wikibuy.com joinhoney.com
    slickdeals.net mydealz.de dealabs.com pepper.pl hotukdeals.com retailmenot.com groupon.* groupon play.google.com
    shopping.net shopping.naver.com smartstore.naver.com shop.tiktok.com tiktokshop kaufland.de mediamarkt.* argos.co.uk johnlewis.com
    asos.com macys.com kohls.com sephora.* nykaa.com ajio.com blibli.com geizhals.* billiger.de check24.de preisvergleich.de
    dealnews.com camelcamelcamel.com capitaloneshopping.com kleinanzeigen.de craigslist.org gumtree.com marktplaats.nl olx.*
    subito.it willhaben.at tutti.ch ricardo.ch galaxus.* digitec.ch zooplus.* farfetch.com chewy.com
  `,
}
