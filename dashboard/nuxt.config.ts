import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

// The server puts its base path where this marker stands in index.html (README.md, "What the server fills in").
const BASE_MARKER = '/__footfall_base__/'

// Compressed once, here: the server sends the file whose coding the browser accepts (server/src/web/static.ts). Spread below,
// because Nuxt's types name only the few options of Nitro that Nuxt reads itself.
const compressed = { compressPublicAssets: { gzip: true, brotli: true } }

const icon = readFileSync(new URL('public/favicon.svg', import.meta.url)).toString('base64')

/**
 * One module of Reka UI names all families of components. Shared, it would hold what any part of the dashboard uses, and a popover on the
 * first screen would bring the calendar and the search lists with it: 50 kB gzipped. Each file that imports it gets a copy of its own, of
 * which the bundler keeps what that file names.
 */
const ownNamespaces = {
  name: 'footfall:own-namespaces',
  enforce: 'pre' as const,
  async resolveId(this: { resolve: Resolve }, source: string, importer: string | undefined) {
    if (source !== 'reka-ui/namespaced' || importer === undefined) return null
    const found = await this.resolve(source, importer, { skipSelf: true })
    return found && `${found.id}?of=${basename(importer)}`
  },
}
type Resolve = (source: string, importer: string, options: { skipSelf: boolean }) => Promise<{ id: string } | null>

export default defineNuxtConfig({
  compatibilityDate: '2026-05-01',
  modules: ['@nuxt/ui'],
  ssr: false,
  buildDir: '.nuxt',
  telemetry: false,
  devtools: { enabled: false },
  css: ['~/assets/main.css'],
  // Our own composables and utils are imported by name, so that a reader sees where a thing comes from and node:test can load them.
  imports: { scan: false },
  // Fewer inline scripts and requests: no import map, no manifest of builds to poll.
  // Pages behind a link are fetched when the pointer or the focus reaches it, not when it is seen: the links in the header alone
  // would bring 12 kB of settings to every first screen.
  experimental: {
    entryImportMap: false,
    appManifest: false,
    defaults: { nuxtLink: { prefetchOn: { visibility: false, interaction: true } } },
  },
  app: {
    baseURL: process.env.NODE_ENV === 'production' ? BASE_MARKER : '/',
    head: {
      title: 'Footfall',
      htmlAttrs: { lang: 'en' },
      meta: [
        { name: 'viewport', content: 'width=device-width, initial-scale=1' },
        { name: 'robots', content: 'noindex' },
        { name: 'referrer', content: 'same-origin' },
      ],
      // In the page itself: its address would hold the base path, which is not known yet when this is built.
      link: [{ rel: 'icon', type: 'image/svg+xml', href: `data:image/svg+xml;base64,${icon}` }],
      // A data block, not code: it needs no exception in a content security policy.
      script: [{ id: 'footfall-settings', type: 'application/json', innerHTML: '__FOOTFALL_SETTINGS__', tagPosition: 'head' }],
    },
  },
  ui: { fonts: false, theme: { colors: ['primary', 'success', 'error', 'neutral'] }, experimental: { componentDetection: true } },
  colorMode: { preference: 'system', fallback: 'light', storageKey: 'footfall-theme' },
  // Icons travel in the bundle: there is no Nuxt server to ask and nothing is fetched from elsewhere.
  icon: { provider: 'none', fallbackToApi: false, serverBundle: false, clientBundle: { scan: true, sizeLimitKb: 64 } },
  // One page serves every address; without this each route gets its own copy of it.
  hooks: {
    'prerender:routes': ({ routes }) => {
      routes.clear()
      routes.add('/')
    },
  },
  nitro: { static: true, ...compressed },
  typescript: { typeCheck: false, strict: true },
  vite: {
    build: { target: 'es2022' },
    plugins: [ownNamespaces],
    // `nuxt dev` serves the pages, a running Footfall the numbers.
    server: { proxy: { '/api': process.env.FOOTFALL_SERVER ?? 'http://localhost:3000' } },
  },
})
