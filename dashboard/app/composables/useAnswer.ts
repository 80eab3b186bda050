import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { ApiError } from '../utils/api.ts'

/**
 * The answer to one request, asked again when what it depends on changes; the old answer stays until then.
 * @param ask sends the request
 * @param on what it depends on, as a text
 */
export function useAnswer<Answer>(ask: (signal: AbortSignal) => Promise<Answer>, on: () => string = () => '') {
  const data = shallowRef<Answer | null>(null)
  const error = shallowRef<Error | null>(null)
  const pending = ref(true)
  let running: AbortController | undefined

  async function load(): Promise<void> {
    running?.abort()
    const controller = (running = new AbortController())
    pending.value = true
    try {
      data.value = await ask(controller.signal)
      error.value = null
    } catch (failure) {
      if (controller.signal.aborted) return
      error.value = failure instanceof ApiError ? failure : new Error('The answer could not be read.')
    }
    if (running === controller) pending.value = false
  }

  watch(on, () => load(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, error, pending, load }
}
