import type { Attributes, StoredEvent, Visit } from '../../lib/event.ts'
import type { Batch } from '../engine.ts'
import { type Dictionaries, combination, numberOf, propSet, term } from './dictionaries.ts'
import type { Entry } from './dictionary.ts'
import type { Lesson } from './learning.ts'
import { amount, uint, uint64 } from './literals.ts'
import { GROUPS, type GroupTable, type Kind } from './schema.ts'

/** Columns of rows in the order of `encode`; the writer puts `batch` and `position` before those of events. */
export const EVENT_COLUMNS =
  'site, time, id, visitor, visit, name, host, page, title, origin, place, agent, props, amount, currency, engagement, scroll, interactive'
export const VISIT_COLUMNS = (
  'site opened id visitor started ended active duration bounce pageviews events ' +
  'entry_page entry_host entry_at exit_page exit_host exit_at origin place agent batch'
).split(' ')

/** Rows of a batch as SQL without parentheses. */
export interface Encoded {
  events: string[]
  visits: string[]
}

const TINY = 255
/** Ids of events, visits and visitors of unknown kind never exceed what `uint64` lets through; batches are clock times or counters. */
const SAFE = Number.MAX_SAFE_INTEGER

/**
 * Turns a batch into rows of numbers: all texts of it are looked up in one round trip, then all combinations of them.
 *
 * @throws BatchRefused where something is out of range
 */
export async function encode({ events, visits }: Batch, dictionaries: Dictionaries, lesson: Lesson): Promise<Encoded> {
  for (const { site } of [...events, ...visits]) uint(site)
  const attributed = distinctAttributes([...events, ...visits])
  const numbers = await dictionaries.terms.numbers(termsOf(events, visits, attributed), lesson)
  /** 0 for what is blank, and for what an older version that wrote the journal did not know. */
  const text = (site: number, kind: Kind, value: string | undefined) => (value ? numberOf(numbers, term(site, kind, value)) : 0)

  const columns = new Map([...attributed].map(([attributes]) => [attributes, new Map<number, string[]>()]))
  for (const { table, attributes: names } of GROUPS) {
    const combined = [...attributed].flatMap(([attributes, sites]) =>
      [...sites].map((site) => ({
        attributes,
        site,
        entry: combination(
          site,
          names.map((name) => text(site, name, attributes[name])),
        ),
      })),
    )
    const found = await dictionaries[table satisfies GroupTable].numbers(
      combined.map(({ entry }) => entry),
      lesson,
    )
    for (const { attributes, site, entry } of combined) {
      const bySite = columns.get(attributes)!
      bySite.set(site, [...(bySite.get(site) ?? []), String(numberOf(found, entry))])
    }
  }
  const groups = ({ site, attributes }: { site: number; attributes: Attributes }) => columns.get(attributes)!.get(site)!.join(', ')

  const sets = events.map((event): Entry | null => {
    const items = Object.entries(event.props).map(([name, value]): [number, number] => [
      text(event.site, 'prop', name),
      text(event.site, 'value', value),
    ])
    return items.length === 0 ? null : propSet(event.site, items)
  })
  const setNumbers = await dictionaries.propSets.numbers(
    sets.filter((set) => set !== null),
    lesson,
  )

  return {
    events: events.map((event, index) => {
      const set = sets[index]
      const { site, revenue } = event
      return [
        site,
        uint(event.at),
        event.id === '0' ? 'NULL' : uint64(event.id),
        uint64(event.visitor),
        uint64(event.visit),
        text(site, 'name', event.name),
        text(site, 'host', event.hostname),
        text(site, 'page', event.pathname),
        event.title ? text(site, 'title', event.title) : 'NULL',
        groups(event),
        set ? numberOf(setNumbers, set) : 'NULL',
        revenue ? amount(revenue.amount) : 'NULL',
        revenue && revenue.currency !== '' ? text(site, 'currency', revenue.currency) : 'NULL',
        event.engagement === 0 ? 'NULL' : uint(event.engagement),
        uint(event.scroll, TINY),
        event.interactive ? 1 : 0,
      ].join(', ')
    }),
    visits: visits.map((visit) => {
      const { site } = visit
      return [
        site,
        uint(visit.opened),
        uint64(visit.id),
        uint64(visit.visitor),
        ...[visit.start, visit.end, visit.active, visit.duration].map((value) => uint(value)),
        visit.bounce ? 1 : 0,
        uint(visit.pageviews),
        uint(visit.events),
        text(site, 'page', visit.entryPage),
        text(site, 'host', visit.entryHostname),
        uint(visit.entryAt),
        text(site, 'page', visit.exitPage),
        text(site, 'host', visit.exitHostname),
        uint(visit.exitAt),
        groups(visit),
        uint(visit.batch, SAFE),
      ].join(', ')
    }),
  }
}

/** Events of a visit share one object of attributes, so it is encoded once. Nearly always one site. */
function distinctAttributes(items: readonly { site: number; attributes: Attributes }[]): Map<Attributes, Set<number>> {
  const found = new Map<Attributes, Set<number>>()
  for (const { site, attributes } of items) {
    const sites = found.get(attributes)
    if (sites) sites.add(site)
    else found.set(attributes, new Set([site]))
  }
  return found
}

function* termsOf(events: StoredEvent[], visits: Visit[], attributed: Map<Attributes, Set<number>>): Generator<Entry> {
  const texts = function* (): Generator<[site: number, kind: Kind, value: string | undefined]> {
    for (const { site, name, hostname, pathname, title, props, revenue } of events) {
      yield [site, 'name', name]
      yield [site, 'host', hostname]
      yield [site, 'page', pathname]
      yield [site, 'title', title]
      if (revenue) yield [site, 'currency', revenue.currency]
      for (const [prop, value] of Object.entries(props)) {
        yield [site, 'prop', prop]
        yield [site, 'value', value]
      }
    }
    for (const { site, entryPage, entryHostname, exitPage, exitHostname } of visits) {
      yield [site, 'page', entryPage]
      yield [site, 'host', entryHostname]
      yield [site, 'page', exitPage]
      yield [site, 'host', exitHostname]
    }
    for (const [attributes, sites] of attributed) {
      for (const { attributes: names } of GROUPS) for (const name of names) for (const site of sites) yield [site, name, attributes[name]]
    }
  }
  for (const [site, kind, value] of texts()) if (value) yield term(site, kind, value)
}
