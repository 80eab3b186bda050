import type { QueryBody, QueryResult } from '@footfall/contract/query.ts'
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '../utils/api.ts'
import { useApi } from './useApi.ts'

/**
 * The answer to a question that changes. While a new one is on its way the old answer stays, so that nothing jumps.
 * @param question null: nothing to ask yet
 * @param tick asks again when it changes, without showing that it does
 */
export function useStats(question: () => QueryBody | null, tick?: Ref<number>) {
  const api = useApi()
  const data = shallowRef<QueryResult | null>(null)
  const error = shallowRef<Error | null>(null)
  const pending = ref(true)
  let running: AbortController | undefined

  async function ask(quiet = false): Promise<void> {
    running?.abort()
    const body = question()
    if (body === null) return
    const controller = (running = new AbortController())
    if (!quiet) pending.value = true
    try {
      data.value = await api.query(body, controller.signal)
      error.value = null
    } catch (failure) {
      if (controller.signal.aborted) return
      // A quiet refresh that fails keeps the numbers that stand: they are a little old, not wrong.
      if (!quiet || data.value === null) error.value = failure instanceof ApiError ? failure : new Error('The answer could not be read.')
    }
    if (running === controller) pending.value = false
  }

  watch(
    () => JSON.stringify(question()),
    () => ask(),
    { immediate: true },
  )
  if (tick) watch(tick, () => ask(true))
  onScopeDispose(() => running?.abort())
  return { data, error, pending, retry: () => ask() }
}
