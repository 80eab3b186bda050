import type { ImportProgress } from '@footfall/contract/import.ts'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { isUnderWay } from '../utils/imports.ts'
import { upload } from '../utils/upload.ts'
import { useAnswer } from './useAnswer.ts'
import { useApi } from './useApi.ts'
import { useSaving } from './useSaving.ts'

const ASKED_EVERY_MILLISECONDS = 1000

/**
 * Imports of a site, as its server tells them, and the file that is on its way there. What the server has read goes on without this page: when it
 * is opened again, the list says how far it is.
 */
export function useImports(domain: () => string) {
  const api = useApi()
  const list = useAnswer<ImportProgress[]>((signal) => api.imports(domain(), signal), domain)
  const { failure, run } = useSaving()
  /** The file that is being sent, and how much of it has left, 0–1. */
  const sent = shallowRef<{ name: string; share: number } | null>(null)
  const leaving = ref<AbortController | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function follow(): Promise<void> {
    clearTimeout(timer)
    await list.load()
    if (list.data.value?.some(isUnderWay) || sent.value) timer = setTimeout(() => void follow(), ASKED_EVERY_MILLISECONDS)
  }

  async function send(file: File): Promise<void> {
    const controller = (leaving.value = new AbortController())
    sent.value = { name: file.name, share: 0 }
    const onProgress = (share: number) => (sent.value = { name: file.name, share })
    timer = setTimeout(() => void follow(), ASKED_EVERY_MILLISECONDS)
    await run(() => upload(api.importAddress(domain()), file, { onProgress, signal: controller.signal }))
    if (controller.signal.aborted) failure.value = null
    sent.value = null
    leaving.value = null
    await follow()
  }

  void follow()
  onScopeDispose(() => clearTimeout(timer))
  return {
    list,
    sent,
    failure,
    send,
    cancel: () => leaving.value?.abort(new Error('cancelled')),
    /** A page that is closed now takes the file with it. */
    busy: computed(() => sent.value !== null),
  }
}
