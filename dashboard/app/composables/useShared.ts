import type { SharedDashboard } from '@footfall/contract/sharing.ts'
import { computed, shallowRef, watch } from 'vue'
import { ApiError } from '../utils/api.ts'
import { useApi } from './useApi.ts'
import { useShare } from './useShare.ts'

/**
 * A shared dashboard on its way to be opened: by the link alone, or by its password. The pass for the password outlives a reload, not the tab.
 * @param name what stands in the address: the token of a link, or the domain of a public site
 */
export function useShared(name: string) {
  const api = useApi()
  const share = useShare()
  const found = shallowRef<SharedDashboard | null>(null)
  const gone = shallowRef(false)
  const error = shallowRef<Error | null>(null)

  async function look(credential: string): Promise<void> {
    try {
      error.value = null
      const dashboard = await api.shared(credential)
      if (dashboard.site) share.value = { credential }
      found.value = dashboard
    } catch (failure) {
      // A pass that ran out names nothing any more, but the link it was for may.
      if (credential !== name && failure instanceof ApiError && failure.status === 404) return look(name)
      gone.value = failure instanceof ApiError && failure.status === 404
      error.value = failure as Error
    }
  }
  async function enter(password: string): Promise<void> {
    const { credential } = await api.openShared(name, password)
    keep(name, credential)
    await look(credential)
  }
  const again = () => look(kept(name) ?? name)

  // Refused while it was open: revoked, or the password is another now.
  watch(share, (now, before) => {
    if (now !== null || before === null) return
    found.value = null
    void again()
  })
  void again()
  return { found, site: computed(() => found.value?.site ?? null), gone, error, again, enter }
}

const key = (name: string) => `footfall-share-${name}`

function keep(name: string, credential: string): void {
  try {
    sessionStorage.setItem(key(name), credential)
  } catch {
    // Frames of other sites may have no storage: then a reload asks for the password again.
  }
}

function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(key(name))
  } catch {
    return null
  }
}
