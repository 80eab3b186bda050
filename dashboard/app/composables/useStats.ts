import type { QueryBody, QueryResult } from '@footfall/contract/query.ts'
import { useState } from '#imports'
import { markRaw, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { ApiError } from '../utils/api.ts'
import { createKept } from '../utils/kept.ts'
import { useApi } from './useApi.ts'
import { useSession } from './useSession.ts'

/** Enough for the ranges that somebody goes back and forth between; an answer has some kilobytes. */
const KEPT = 80

/**
 * The answer to a question that changes. While a new one is on its way the old answer stays, so that nothing jumps; an answer to
 * this very question that was seen before stands at once.
 * @param question null: nothing to ask yet
 * @param tick asks again when it changes, without showing that it does
 */
export function useStats(question: () => QueryBody | null, tick?: Ref<number>) {
  const api = useApi()
  const session = useSession()
  const kept = useState('answers', () => markRaw(createKept<QueryResult>(KEPT)))
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
    // With who asks: after a change of account nobody sees what another saw.
    const key = `${session.value?.user?.id} ${JSON.stringify(body)}`
    const seen = quiet ? undefined : kept.value.get(key)
    if (seen) {
      data.value = seen
      error.value = null
    }
    try {
      const answer = await api.query(body, controller.signal)
      kept.value.put(key, answer)
      data.value = answer
      error.value = null
    } catch (failure) {
      if (controller.signal.aborted) return
      // A quiet refresh that fails keeps the numbers that stand, and so does a lost connection those that were kept of this
      // question: they are a little old, not wrong.
      const stands = data.value !== null && (quiet || (seen !== undefined && failure instanceof ApiError && failure.code === 'offline'))
      if (!stands) error.value = failure instanceof ApiError ? failure : new Error('The answer could not be read.')
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
