import { computed, onScopeDispose, ref, watch } from 'vue'
import { valuesQuestion } from '../utils/questions.ts'
import { toRows } from '../utils/rows.ts'
import { suggest } from '../utils/suggest.ts'
import { useApi } from './useApi.ts'
import { useSiteView } from './useSiteView.ts'
import { useStats } from './useStats.ts'
import { useWords } from './useWords.ts'

/** Dimensions whose values are codes: what people type is their name, by which the server does not find them. */
const CODED = new Set(['visit:country', 'visit:region', 'visit:language'])
const WAIT_MS = 200
const LIMIT = 30
const CODES = 300

/** Values of a dimension for what was typed: those the site has, with most visitors first; of goals, those that were set up. */
export function useSuggestions(dimension: () => string, typed: () => string) {
  const api = useApi()
  const { site, view, clock } = useSiteView()
  const { valueName } = useWords()
  const text = ref('')
  const goals = ref<string[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (now) => {
    clearTimeout(timer)
    timer = setTimeout(() => (text.value = now.trim()), WAIT_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  watch(
    dimension,
    async (now) => {
      if (now === 'event:goal') goals.value = (await api.goals(site.value.domain).catch(() => [])).map((goal) => goal.display_name)
    },
    { immediate: true },
  )
  const answer = useStats(() => {
    if (dimension() === 'event:goal') return null
    const coded = CODED.has(dimension())
    return valuesQuestion(site.value, view.value, clock.value.day, dimension(), coded ? '' : text.value, coded ? CODES : LIMIT)
  })
  return computed(() => {
    const asked = answer.data.value
    const found =
      dimension() === 'event:goal' ? goals.value : asked?.query.dimensions[0] === dimension() ? toRows(asked).map(({ value }) => value) : []
    return suggest(found, typed(), (value) => valueName(dimension(), value)).slice(0, LIMIT)
  })
}
