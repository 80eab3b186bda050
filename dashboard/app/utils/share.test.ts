import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embeddingForm, embedOrigins, colorOf, frameFor, lookOf, newLink } from './share.ts'

test('a background is a colour or nothing', () => {
  for (const good of ['transparent', 'rebeccapurple', '#fff', '#11223344', 'rgb(0 0 0 / 50%)', 'hsl(120,50%,50%)'])
    assert.equal(colorOf(good), good)
  assert.equal(colorOf('0b1021'), '#0b1021')
  const bad = ['', '#ff', 'red;color:blue', 'url(//evil.example)', 'var(--x)', 'rgb(0,0,0)}', 'expression(1)', 'a'.repeat(30)]
  for (const each of bad) assert.equal(colorOf(each), null, each)
  assert.equal(colorOf(undefined), null)
})

test('theme and background are for frames; a frame is transparent where it says nothing', () => {
  assert.deepEqual(lookOf({ theme: 'dark', background: 'red' }), { embed: false, theme: 'system', background: null })
  assert.deepEqual(lookOf({ embed: 'true', theme: 'dark', background: 'fff' }), { embed: true, theme: 'dark', background: '#fff' })
  assert.deepEqual(lookOf({ embed: 'true', theme: 'neon', background: 'a;b' }), { embed: true, theme: 'system', background: 'transparent' })
  assert.equal(lookOf({ embed: 'yes' }).embed, false)
})

test('the frame to copy holds the name as text', () => {
  const html = frameFor({ url: 'https://s.example/share/abc', name: 'For "us" <b> & you' }, 'dark')
  assert.match(html, /src="https:\/\/s\.example\/share\/abc\?embed=true&amp;theme=dark"/)
  assert.match(html, /title="For &quot;us&quot; &lt;b> &amp; you"/)
})

test('a new link names only what was filled in', () => {
  assert.deepEqual(newLink({ name: ' Team ', password: '', segment: 0 }), { name: 'Team' })
  assert.deepEqual(newLink({ name: 'Team', password: 'a long one', segment: 3 }), { name: 'Team', password: 'a long one', segment: 3 })
})

test('who may embed: everybody, nobody, or those that were named, however their addresses were pasted', () => {
  for (const origins of [null, [], ['https://example.com', 'https://*.example.org:8443']])
    assert.deepEqual(embedOrigins(embeddingForm(origins)), origins)
  const pasted = { who: 'these', origins: 'example.com/team\nhttps://example.org/blog/?x#y\nhttp://localhost:3000/' } as const
  assert.deepEqual(embedOrigins(pasted), ['https://example.com', 'https://example.org', 'http://localhost:3000'])
  assert.deepEqual(embedOrigins({ who: 'nowhere', origins: 'https://example.com' }), [])
})
