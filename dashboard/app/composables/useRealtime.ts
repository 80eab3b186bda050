import type { Realtime } from '@footfall/contract/realtime.ts'
import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { useApi } from './useApi.ts'

/** Seconds until a stream that the server refused is tried again; one that merely broke off the browser tries by itself. */
const RETRY_SECONDS = 10

/**
 * What happens on a site right now, as the server sends it. A hidden page closes its stream: nobody looks, and the server has only so many.
 * `error` says why there is nothing to show yet; numbers that have come stay, with `lost` beside them.
 */
export function useRealtime(domain: string) {
  const api = useApi()
  const data = shallowRef<Realtime | null>(null)
  const error = shallowRef<Error | null>(null)
  const state = ref<'connecting' | 'live' | 'lost'>('connecting')
  /** When the numbers came. */
  const at = ref<Date | null>(null)
  let stream: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function take(text: string): void {
    data.value = JSON.parse(text) as Realtime
    at.value = new Date()
    error.value = null
    state.value = 'live'
  }

  function close(): void {
    clearTimeout(timer)
    stream?.close()
  }

  function connect(): void {
    close()
    if (state.value !== 'live') state.value = 'connecting'
    const opened = (stream = new EventSource(api.realtimeStream(domain)))
    opened.addEventListener('realtime', (event) => take(event.data as string))
    opened.addEventListener('open', () => (state.value = 'live'))
    opened.addEventListener('error', () => void broken(opened))
  }

  /** A stream does not say why it failed; the same question asked plainly does, and a session that ended leads to the sign-in. */
  async function broken(opened: EventSource): Promise<void> {
    if (opened !== stream) return
    state.value = 'lost'
    if (opened.readyState !== EventSource.CLOSED) return
    timer = setTimeout(connect, RETRY_SECONDS * 1000)
    await api.realtime(domain).catch((failure: Error) => {
      if (data.value === null) error.value = failure
    })
  }

  const onVisibility = () => (document.visibilityState === 'visible' ? connect() : close())
  onMounted(() => {
    connect()
    document.addEventListener('visibilitychange', onVisibility)
  })
  onBeforeUnmount(() => {
    close()
    stream = undefined
    document.removeEventListener('visibilitychange', onVisibility)
  })
  return { data, error, state, at, connect }
}
