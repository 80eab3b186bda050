import type { SourceList } from './sources.ts'

/** Social networks, messengers, forums and the places where developers talk. x.com stays a plain referral: the shared cases say so. */
export const SOCIAL: SourceList = {
  named: {
    Facebook:
      'facebook.com fb.com fb.me fb facebook.net fbcdn.net m.me messenger.com com.facebook.katana com.facebook.lite com.facebook.orca',
    Instagram: 'instagram.com ig insta igads instagr.am ig.me com.instagram.android',
    Threads: 'threads.net threads.com com.instagram.barcelona',
    Twitter: 'twitter.com t.co tweetdeck.com com.twitter.android',
    LinkedIn: 'linkedin.com lnkd.in com.linkedin.android',
    Pinterest: 'pinterest.* pinterest.com pin.it com.pinterest',
    Reddit: 'reddit.com redd.it out.reddit.com old.reddit.com com.reddit.frontpage',
    TikTok: 'tiktok.com tik.tok tik-tok tik_tok tiktokv.com com.zhiliaoapp.musically com.ss.android.ugc.trill',
    Snapchat: 'snapchat.com snap.com com.snapchat.android',
    WhatsApp: 'whatsapp.com wa.me whatsapp.net com.whatsapp com.whatsapp.w4b',
    Telegram: 'telegram.org t.me telegram.me web.telegram.org org.telegram.messenger org.telegram.messenger.web org.telegram.plus',
    Discord: 'discord.com discordapp.com discord.gg com.discord',
    Slack: 'slack.com app.slack.com com.slack',
    'Microsoft Teams': 'statics.teams.cdn.office.net teams.microsoft.com teams.live.com teams.cloud.microsoft com.microsoft.teams',
    Signal: 'signal.org signal.me org.thoughtcrime.securesms',
    Line: 'line.me',
    WeChat: 'wechat.com weixin.qq.com mp.weixin.qq.com com.tencent.mm',
    Viber: 'viber.com com.viber.voip',
    Mastodon:
      'mastodon.social mastodon.online joinmastodon.org mstdn.social mas.to fosstodon.org hachyderm.io infosec.exchange org.joinmastodon.android',
    Bluesky: 'bsky.app bsky.social go.bsky.app bsky xyz.blueskyweb.app',
    Lemmy: 'lemmy.world lemmy.ml join-lemmy.org',
    Tumblr: 'tumblr.com com.tumblr',
    Quora: 'quora.com com.quora.android',
    'Hacker News': 'news.ycombinator.com hckrnews.com hn hackernews hacker-news',
    Lobsters: 'lobste.rs',
    'Product Hunt': 'producthunt.com producthunt',
    'Indie Hackers': '',
    StackOverflow: 'stackoverflow.com stack-overflow',
    'Stack Exchange': 'stackexchange.com superuser.com serverfault.com askubuntu.com',
    GitHub: 'github.com gist.github.com com.github.android',
    GitLab: 'gitlab.com',
    'Dev.to': 'dev.to',
    Medium: 'medium.com',
    Vkontakte: 'vk.com vkontakte.ru vk.ru vk vk.me com.vkontakte.android',
    Odnoklassniki: 'odnoklassniki.ru ok.ru ru.ok.android',
    Weibo: 'weibo.com weibo.cn t.cn com.sina.weibo',
    Douban: 'douban.com',
    Renren: 'renren.com',
    Qzone: 'qzone.qq.com',
    Zhihu: 'zhihu.com',
    Xiaohongshu: 'xiaohongshu.com xhslink.com',
    XING: 'xing.com',
    Viadeo: 'viadeo.com',
    Flickr: 'flickr.com',
    DeviantArt: 'deviantart.com',
    Dribbble: 'dribbble.com',
    Behance: 'behance.net',
    Livejournal: 'livejournal.com livejournal.ru',
    MySpace: 'myspace.com',
    StumbleUpon: 'stumbleupon.com',
    Digg: 'digg.com',
    Disqus: 'disqus.com redirect.disqus.com disq.us',
    Foursquare: 'foursquare.com',
    Meetup: 'meetup.com',
    Nextdoor: 'nextdoor.com nextdoor.co.uk nextdoor.de',
    Goodreads: 'goodreads.com',
    'Last.fm': 'last.fm lastfm.de',
    SoundCloud: 'soundcloud.com',
    Skyrock: 'skyrock.com',
    Badoo: 'badoo.com',
    Tagged: 'tagged.com',
    Classmates: 'classmates.com',
    Mixi: 'mixi.jp',
    'Taringa!': 'taringa.net',
    Plurk: 'plurk.com',
    Pocket: 'getpocket.com',
    Steam: 'steamcommunity.com',
    Yammer: 'yammer.com',
    Skype: 'skype.com web.skype.com',
  },
  plain: `
    social social-network social-media sm socialmedia bsky.brid.gy minds.com gab.com parler.com truthsocial.com gettr.com
    mewe.com diaspora.com joindiaspora.com pixelfed.social peerlist.io polywork.com hashnode.com hashnode.dev daily.dev
    app.daily.dev tildes.net metafilter.com slashdot.org fark.com 9gag.com imgur.com 4chan.org boards.4chan.org 8kun.top
    patreon.com ko-fi.com buymeacoffee.com substack.com beehiiv.com wordpress.com blogger.com blogspot.com typepad.com
    tripadvisor.com yelp.com trustpilot.com glassdoor.com crunchbase.com angel.co wellfound.com researchgate.net academia.edu
    kakao.com kakaotalk.com band.us story.kakao.com zalo.me ameblo.jp hatena.ne.jp b.hatena.ne.jp note.com qiita.com
    habr.com pikabu.ru my.mail.ru drive2.ru wykop.pl nk.pl naszaklasa.pl draugiem.lv tuenti.com gaiaonline.com habbo.com
    hi5.com bebo.com netlog.com friendster.com orkut.com plus.google.com plus.url.google.com groups.google.com cafemom.com
    ravelry.com wattpad.com scoop.it flipboard.com feedly.com inoreader.com hootsuite.com buffer.com bufferapp.com later.com
    mumsnet.com netvibes.com instapaper.com diigo.com folkd.com delicious.com del.icio.us listal.com librarything.com
    care2.com couchsurfing.com airbnb.com bandcamp.com mixcloud.com reverbnation.com clubhouse.com joinclubhouse.com
    tinder.com bumble.com okcupid.com bitbucket.org sourceforge.net codepen.io jsfiddle.net replit.com npmjs.com
    community.hubspot.com zoom.us webex.com element.io matrix.to rocket.chat chat.google.com
    messages.google.com kbin.social 5ch.net ning.com plaxo.com fotki.com twoo.com blog.naver.com cafe.naver.com bereal.com lemon8-app.com
    rednote.com farcaster.xyz warpcast.com primal.net hackernoon.com dzone.com slideshare.net scribd.com issuu.com techmeme.com
    tripadvisor.* yelp.* misskey.io mastodon.world chaos.social piefed.social tapatalk.com
  `,
}
