import { ref } from 'vue'
import { useApi } from './useApi.ts'
import { usePolling } from './usePolling.ts'

/** Whether a site has ever been visited; asks every three seconds until it has. */
export function useFirstVisit(domain: () => string) {
  const api = useApi()
  const seen = ref<boolean | null>(null)
  async function ask(): Promise<void> {
    if (seen.value || domain() === '') return
    const answer = await api.query({ site_id: domain(), metrics: ['events'], date_range: 'all' }).catch(() => null)
    if (answer) seen.value = Number(answer.results[0]?.metrics[0] ?? 0) > 0
  }
  usePolling(ask, 3, { atOnce: true })
  return seen
}
