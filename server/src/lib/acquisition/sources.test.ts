import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acquire } from './acquire.ts'
import { isSpamReferrer } from './spam.ts'
import { categoryOf, LISTS, sourceOfApp, sourceOfHost, sourceOfTag } from './sources.ts'

/** One known place of each kind, by host, by subdomain, by app and by tag; and one of each that nobody knows. */
const KNOWN: [channel: string, referrers: string[], tag: string][] = [
  [
    'Organic Search',
    ['https://www.google.co.nz/', 'https://search.yahoo.com/x', 'android-app://com.google.android.googlequicksearchbox/'],
    'ddg',
  ],
  ['Organic Social', ['https://l.facebook.com/', 'https://web.whatsapp.com/', 'android-app://com.instagram.android/'], 'insta'],
  ['Organic Video', ['https://m.youtube.com/watch', 'https://player.vimeo.com/', 'android-app://com.google.android.youtube/'], 'yt'],
  [
    'Organic Shopping',
    ['https://www.amazon.co.jp/', 'https://nl.shopping.net/', 'android-app://com.amazon.mShop.android.shopping/'],
    'etsy',
  ],
  ['Email', ['https://mail.google.com/', 'https://eu1.mail.zoho.eu/', 'android-app://ch.protonmail.android/'], 'gmail'],
  ['Referral', ['https://de.m.wikipedia.org/', 'https://linktr.ee/x', 'android-app://org.wikipedia/'], 'linktree'],
]

for (const [wanted, referrers, tag] of KNOWN) {
  test(`known places of ${wanted}`, () => {
    for (const referrer of referrers) {
      const { source, channel } = acquire({ referrer })
      assert.equal(channel, wanted, referrer)
      assert.ok(!source.startsWith('android-app:'), `${referrer} has a name`)
    }
    assert.equal(acquire({ tag }).channel, wanted, tag)
  })
}

test('unknown places are a referral under their own name', () => {
  const named: [string, string][] = [
    ['https://blog.unknown.example/a', 'blog.unknown.example'],
    // Names that only look like known ones.
    ['https://notgoogle.com/', 'notgoogle.com'],
    ['https://facebook.com.evil.example/', 'facebook.com.evil.example'],
    ['https://myreddit.community/', 'myreddit.community'],
    ['https://chatgpt.com.example/', 'chatgpt.com.example'],
    ['android-app://com.example.unknown/', 'android-app://com.example.unknown'],
  ]
  for (const [referrer, source] of named) {
    const found = acquire({ referrer })
    assert.deepEqual([found.source, found.channel], [source, 'Referral'])
  }
  assert.deepEqual([sourceOfTag('our-partner'), categoryOf('our-partner'), sourceOfApp('com.example.unknown')], ['our-partner', null, null])
})

test('assistants are search, whether by their site, their app or their own tag', () => {
  const hosts = `chatgpt.com chat.openai.com claude.ai perplexity.ai gemini.google.com copilot.microsoft.com chat.deepseek.com
    chat.mistral.ai grok.com you.com phind.com poe.com meta.ai duck.ai kimi.com doubao.com chat.qwen.ai notebooklm.google.com
    m365.cloud.microsoft lumo.proton.me manus.im genspark.ai yuanbao.tencent.com`.split(/\s+/)
  for (const host of hosts) {
    assert.equal(acquire({ referrer: `https://${host}/c/1` }).channel, 'Organic Search', host)
    assert.equal(acquire({ tag: host, utm_source: host }).channel, 'Organic Search', `utm_source=${host}`)
  }
  const apps = [
    'com.openai.chatgpt',
    'com.anthropic.claude',
    'ai.perplexity.app.android',
    'com.google.android.apps.bard',
    'com.deepseek.chat',
  ]
  assert.deepEqual(
    apps.map((app) => acquire({ referrer: `android-app://${app}/` })).map(({ source, channel }) => `${source} ${channel}`),
    ['chatgpt.com', 'claude.ai', 'Perplexity', 'gemini.google.com', 'chat.deepseek.com'].map((source) => `${source} Organic Search`),
  )
  // Neighbours of the same companies that are something else.
  assert.deepEqual(
    ['https://www.google.com/', 'https://mail.proton.me/', 'https://mail.google.com/'].map((referrer) => acquire({ referrer }).source),
    ['Google', 'Proton Mail', 'Gmail'],
  )
})

test('no word stands in two lists, and every host is one', () => {
  const seen = new Map<string, string>()
  for (const [category, { named, plain }] of LISTS) {
    const lists: [string, string][] = [['', plain], ...Object.entries(named)]
    for (const [name, text] of lists) {
      for (const word of new Set([name.toLowerCase(), ...text.split(/\s+/)])) {
        if (word === '') continue
        const place = `${category} ${name}`
        assert.ok(!seen.has(word), `${word} stands under ${place} and under ${seen.get(word)}`)
        seen.set(word, place)
        // A word with a capital letter or a scheme would never be met.
        if (word !== name.toLowerCase()) assert.match(word, /^[a-z0-9_.-]+(\.\*)?$/, place)
      }
    }
  }
  assert.ok(seen.size > 800)
})

test('spam is told from what it imitates', () => {
  for (const spam of [
    'http://semalt.com/x',
    'https://a.darodar.com',
    'http://free-share-buttons.xyz/',
    'http://buttons-for-website.com:80/',
  ]) {
    assert.ok(isSpamReferrer(spam), spam)
  }
  for (const fine of [
    'https://www.google.com/search?q=semalt.com',
    'https://semaltese.example/',
    'https://t.co/semalt.com',
    'semalt.com',
    '',
  ]) {
    assert.ok(!isSpamReferrer(fine), fine)
  }
  assert.equal(sourceOfHost('semalt.example'), 'semalt.example')
})
