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
      // The link was revoked, or its pass ran out: its page says which.
      if (share.value) return void (share.value = null)
      session.value = null
      const { path, fullPath } = router.currentRoute.value
      if (path !== '/login') void navigateTo({ path: '/login', query: { to: fullPath } })
    },
  })
  return { provide: { api, settings } }
})
