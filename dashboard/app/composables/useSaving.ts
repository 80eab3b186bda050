import { onScopeDispose, ref, shallowRef } from 'vue'
import { ApiError } from '../utils/api.ts'
import { errorText } from '../utils/error-text.ts'
import { useText } from './useText.ts'

/** A form on its way to the server: whether it is being sent, why it was refused, and for a moment that it was saved. */
export function useSaving() {
  const t = useText('common')
  const busy = ref(false)
  const saved = ref(false)
  const failure = shallowRef<ApiError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Sends it; true where it was taken. */
  async function run(send: () => Promise<unknown>): Promise<boolean> {
    clearTimeout(timer)
    busy.value = true
    saved.value = false
    failure.value = null
    try {
      await send()
      saved.value = true
      timer = setTimeout(() => (saved.value = false), 3000)
      return true
    } catch (error) {
      failure.value = inWords(error)
      return false
    } finally {
      busy.value = false
    }
  }
  /** The failure in the language of the dashboard, where its code says enough. */
  function inWords(error: unknown): ApiError {
    if (!(error instanceof ApiError)) return new ApiError(0, 'internal', t('errorOther'))
    const known = errorText(error)
    return known ? new ApiError(error.status, error.code, t(known), error.errors) : error
  }
  onScopeDispose(() => clearTimeout(timer))
  /** What is wrong with a field; `false` where nothing is, as form fields want it. */
  const fieldError = (field: string): string | false => failure.value?.errors[field]?.join(', ') ?? false
  return { busy, saved, failure, run, fieldError }
}
