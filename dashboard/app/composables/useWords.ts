import { computed } from 'vue'
import type { Day } from '../utils/dates.ts'
import { axisText, bucketText, dayText, daysText, periodText, zoomText } from '../utils/date-text.ts'
import type { Interval } from '../utils/interval.ts'
import { dateLocale } from '../utils/locale.ts'
import { display, exact, short, type NumberFormat } from '../utils/numbers.ts'
import { shownPeriod } from '../utils/questions.ts'
import type { Period } from '../utils/period.ts'
import { dimensionName, valueName } from '../utils/values.ts'
import type { View } from '../utils/view.ts'
import { useLanguage } from './useLanguage.ts'
import { useRegionNames } from './useRegionNames.ts'
import { useText } from './useText.ts'

/** The texts of a site's page, and its numbers, dates and names as the language of the dashboard writes them. */
export function useWords() {
  const t = useText('site')
  const { language } = useLanguage()
  const regions = useRegionNames()
  const locale = computed(() => dateLocale(language.value))
  return {
    t,
    language,
    locale,
    display: (value: number | null, format: NumberFormat) => display(value, format, language.value),
    exact: (value: number | null, format: NumberFormat) => (value === null ? t('notMeasured') : exact(value, format, language.value)),
    short: (value: number) => short(value, language.value),
    dimensionName: (dimension: string) => dimensionName(dimension, t),
    valueName: (dimension: string, value: string) => valueName(dimension, value, language.value, regions),
    regions,
    axisText: (label: string, interval: Interval) => axisText(label, interval, locale.value),
    bucketText: (label: string, interval: Interval) => bucketText(label, interval, locale.value, t),
    dayText: (day: Day, short = false) => dayText(day, locale.value, short),
    daysText: (from: Day, to: Day) => daysText(from, to, locale.value),
    periodText: (period: Period) => periodText(period, locale.value, t),
    /** What is shown: the stretch that was zoomed into, else the period. */
    shownText: (view: View) =>
      view.zoom && !view.drill ? zoomText(view.zoom, locale.value) : periodText(shownPeriod(view), locale.value, t),
  }
}
