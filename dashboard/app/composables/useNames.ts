import { watch } from 'vue'
import { namesQuestion } from '../utils/questions.ts'
import type { View } from '../utils/view.ts'
import { useAnswer } from './useAnswer.ts'
import { useApi } from './useApi.ts'
import { useSiteView } from './useSiteView.ts'

/** More names than anybody reads through. */
const LIMIT = 100

/**
 * Names of the site's custom properties and events in the period, those of most visitors first.
 * @param of the view whose filters choose the events
 */
export function useNames(of: () => View) {
  const api = useApi()
  const { site, clock, tick } = useSiteView()
  const question = () => namesQuestion(site.value, of(), clock.value.day, LIMIT)
  const names = useAnswer(
    (signal) => api.names(question(), signal),
    () => JSON.stringify(question()),
  )
  watch(tick, () => names.load())
  return names
}
