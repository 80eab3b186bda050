import type { Annotation } from '@footfall/contract/saved.ts'
import { ref } from 'vue'
import type { Day } from '../utils/dates.ts'
import { useAnswer } from './useAnswer.ts'
import { useApi } from './useApi.ts'
import { useSiteView } from './useSiteView.ts'

/** A note as it is written: without an id it is new. */
export type Draft = { id: number | null; date: Day; text: string }

/** Notes on the days of the graph, and the one that is being written. Without an answer there are no marks; the line needs none. */
export function useNotes(range: () => { from: Day; to: Day } | null) {
  const api = useApi()
  const { site } = useSiteView()
  const draft = ref<Draft | null>(null)
  const answer = useAnswer<Annotation[]>(
    async (signal) => {
      const days = range()
      return days ? api.notes(site.value.domain, [days.from, days.to], signal) : []
    },
    () => JSON.stringify([site.value.domain, range()]),
  )
  return {
    draft,
    notes: answer.data,
    async save({ id, date, text }: Draft): Promise<void> {
      await (id === null ? api.addNote(site.value.domain, { date, text }) : api.changeNote(site.value.domain, id, { date, text }))
      await answer.load()
    },
    async remove(id: number): Promise<void> {
      await api.deleteNote(site.value.domain, id)
      await answer.load()
    },
  }
}
