import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RECIPES } from './recipes.ts'

const installation = { baseUrl: 'https://s.example/stats', trackerName: 'tracker.js' }

test('every recipe loads the tracker of this site, and no domain breaks out of it', () => {
  for (const { key, code } of RECIPES) {
    assert.ok(code('example.com/blog', installation).includes('https://s.example/stats/tracker.js?siteId=example.com%2Fblog'), key)
    assert.doesNotMatch(code(`x'"</script>`, installation), /siteId=[^\n]*('"|<\/script>'|"<)/, key)
  }
})
