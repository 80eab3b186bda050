import { defineNuxtPlugin, navigateTo, useRouter, useRuntimeConfig } from '#imports'
import { useSession } from '../composables/useSession.ts'
import { useShare } from '../composables/useShare.ts'
import { createApi } from '../utils/api.ts'
import { readSettings } from '../utils/settings.ts'

export default defineNuxtPlugin(() => {
  const base = useRuntimeConfig().app.baseURL
  const settings = readSettings(document.getElementById('footfall-settings')?.textContent, location.origin + base.replace(/\/$/, ''))
  const session = useSession()
  const share = useShare()
  const router = useRouter()
  const api = createApi({
    base,
    fetch: (...request) => fetch(...request),
    share: () => share.value?.credential ?? null,
    onSignedOut: () => {
      const { path, fullPath } = router.currentRoute.value
      // The link was revoked, or its pass ran out: its page says which. By the address, since of ten questions that are refused at
      // once the first takes the credential away.
      if (path.startsWith('/share/')) return void (share.value = null)
      session.value = null
      if (path !== '/login') void navigateTo({ path: '/login', query: { to: fullPath } })
    },
  })
  return { provide: { api, settings } }
})
