import type { SourceList } from './sources.ts'

/** Places where people watch. */
export const VIDEO: SourceList = {
  named: {
    Youtube: 'youtube.com youtu.be yt youtube-nocookie.com m.youtube.com music.youtube.com com.google.android.youtube',
    Vimeo: 'vimeo.com player.vimeo.com com.vimeo.android.videoapp',
    Dailymotion: 'dailymotion.com dai.ly',
    Twitch: 'twitch.tv tv.twitch.android.app',
    Bilibili: 'bilibili.com b23.tv',
  },
  plain: `
    netflix.com netflix hulu.com hulu disneyplus.com disneyplus crackle.com crackle curiositystream.com curiositystream
    d.tube iqiyi.com iqiyi iq.com ted.com ted utreon.com playeur.com veoh.com veoh wistia.com wistia wistia.net youku.com youku
    rumble.com rumble odysee.com lbry.tv bitchute.com rutube.ru nicovideo.jp nico.ms metacafe.com loom.com
    kick.com trovo.live dtube.video peertube.tv joinpeertube.org tubitv.com pluto.tv primevideo.com max.com
    hbomax.com peacocktv.com paramountplus.com crunchyroll.com v.qq.com douyin.com kuaishou.com acfun.cn
    nebula.tv nebula.app justin.tv niconico.jp vevo.com invidious.io yewtu.be piped.video musical.ly tudou.com brightcove.net tving.com wavve.com
    hotstar.com zee5.com viki.com youtubekids.com arte.tv floatplane.com vidyard.com brightcove.com streamable.com
  `,
}
