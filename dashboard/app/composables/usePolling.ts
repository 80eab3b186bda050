import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Calls a function every so often while the page is visible, and when it becomes visible again.
 * @param options.atOnce also when the component appears
 */
export function usePolling(ask: () => void | Promise<void>, seconds: number, options: { atOnce: boolean }): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const run = () => void ask()
  function follow(): void {
    clearInterval(timer)
    timer = document.visibilityState === 'visible' ? setInterval(run, seconds * 1000) : undefined
  }
  function onVisibility(): void {
    follow()
    if (document.visibilityState === 'visible') run()
  }
  onMounted(() => {
    if (options.atOnce) run()
    follow()
    document.addEventListener('visibilitychange', onVisibility)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onVisibility)
  })
}
