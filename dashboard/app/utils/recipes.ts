import { snippetFor } from '@footfall/contract/snippet.ts'
import type { TextKey } from '../i18n/areas.ts'

type Installation = Parameters<typeof snippetFor>[1]

/** Address of the tracker of a site, for frameworks that write the script element themselves. */
function trackerOf(domain: string, { baseUrl, trackerName }: Installation): string {
  // Of the signs that encodeURIComponent leaves, a quote would end the text around it.
  return `${baseUrl}/${trackerName}?siteId=${encodeURIComponent(domain).replaceAll("'", '%27')}`
}

/** How a site gets its tracker, by what it is made with: the code to paste, and the text that says where. */
export const RECIPES = [
  { key: 'html', name: 'HTML', code: snippetFor },
  {
    key: 'nuxt',
    name: 'Nuxt',
    code: (domain, installation) => `export default defineNuxtConfig({
  app: {
    head: { script: [{ src: '${trackerOf(domain, installation)}', async: true }] },
  },
})`,
  },
  {
    key: 'next',
    name: 'Next.js',
    code: (domain, installation) => `import Script from 'next/script'

<Script src="${trackerOf(domain, installation)}" strategy="afterInteractive" />`,
  },
  {
    key: 'wordpress',
    name: 'WordPress',
    code: (domain, installation) => `add_action('wp_head', function () { ?>
${snippetFor(domain, installation)}
<?php });`,
  },
  { key: 'gtm', name: 'Google Tag Manager', code: snippetFor },
] as const satisfies readonly { key: TextKey<'install'>; name: string; code: (domain: string, installation: Installation) => string }[]
