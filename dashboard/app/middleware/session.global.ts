import { defineNuxtRouteMiddleware, navigateTo } from '#imports'
import { useApi } from '../composables/useApi.ts'
import { useShare } from '../composables/useShare.ts'
import { useSession } from '../composables/useSession.ts'

/** Sends people to the page their session allows: the first run, the sign-in, or where they wanted to go. */
export default defineNuxtRouteMiddleware(async (to) => {
  const session = useSession()
  // A shared dashboard asks for no account, and what opened it opens nothing else.
  if (to.path.startsWith('/share/')) return
  useShare().value = null
  // A failure here (server down) leaves the session unknown; the page itself then shows the error with its retry.
  session.value ??= await useApi()
    .session()
    .catch(() => null)
  if (session.value?.first_run) return to.path === '/setup' ? undefined : navigateTo('/setup')
  const open = to.path === '/login' || to.path === '/setup'
  if (session.value?.user) return open ? navigateTo('/sites') : undefined
  if (session.value && to.path !== '/login') return navigateTo({ path: '/login', query: to.path === '/' ? {} : { to: to.fullPath } })
})
