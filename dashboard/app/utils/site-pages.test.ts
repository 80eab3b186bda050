import assert from 'node:assert/strict'
import { test } from 'node:test'
import { otherSiteLink, shareHome, SITE_PAGES, siteHome, sitePageLink } from './site-pages.ts'

const page = (path: string) => SITE_PAGES.find((each) => each.path === path)!

test('the range and the filters go along to another page, what belongs to one page does not', () => {
  const query = {
    period: 'custom',
    from: '2026-01-01',
    to: '2026-01-31',
    f: ['is,visit:source,Google'],
    tab: 'pages.entry',
    on: '2026-01-05',
  }
  assert.deepEqual(sitePageLink(siteHome('example.com'), page('/not-counted'), query), {
    path: '/sites/example.com/not-counted',
    query: { period: 'custom', from: '2026-01-01', to: '2026-01-31', f: ['is,visit:source,Google'] },
  })
})

test('a page without a range has an address without one; a domain with a path is one part of it', () => {
  assert.deepEqual(sitePageLink(siteHome('example.com/blog'), page('/settings'), { period: '7d' }), {
    path: '/sites/example.com%2Fblog/settings',
    query: {},
  })
})

test('a guest goes from page to page below his link', () => {
  assert.deepEqual(sitePageLink(shareHome('example.com/blog'), page('/funnels'), { period: '7d' }), {
    path: '/share/example.com%2Fblog/funnels',
    query: { period: '7d' },
  })
})

test('another site is shown on the same page, under the same range, without what belongs to the site that is left', () => {
  const query = { period: '7d', f: ['is,visit:source,Google'], match: 'any', metric: 'visits', funnel: '3', on: '2026-01-05' }
  assert.deepEqual(otherSiteLink('b.example', { path: '/sites/a.example/funnels', query }), {
    path: '/sites/b.example/funnels',
    query: { period: '7d' },
  })
  assert.deepEqual(otherSiteLink('b.example', { path: '/sites/a.example', query }), {
    path: '/sites/b.example',
    query: { period: '7d', metric: 'visits' },
  })
  assert.equal(otherSiteLink('b.example', { path: '/settings/keys', query: {} }).path, '/sites/b.example')
})
