import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** Everything `/metrics` shows, in one place; made once by main.ts and handed to the modules. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'footfall_' })
  const registers = [registry]
  return {
    registry,
    eventsAccepted: new Counter({ name: 'footfall_events_accepted_total', help: 'Events answered 202 and kept', registers }),
    eventsDropped: new Counter({
      name: 'footfall_events_dropped_total',
      help: 'Events refused by policy',
      labelNames: ['reason'] as const,
      registers,
    }),
    eventsRejected: new Counter({
      name: 'footfall_events_rejected_total',
      help: 'Requests of the collector answered 4xx or 503',
      labelNames: ['status'] as const,
      registers,
    }),
    eventsWritten: new Counter({ name: 'footfall_events_written_total', help: 'Events stored by the engine', registers }),
    eventsImported: new Counter({ name: 'footfall_events_imported_total', help: 'Events stored by imports', registers }),
    writeSeconds: new Histogram({
      name: 'footfall_write_seconds',
      help: 'Time to store one batch',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    writeFailures: new Counter({
      name: 'footfall_write_failures_total',
      help: 'Batches that the engine refused; each is tried again',
      registers,
    }),
    itemsRefused: new Counter({
      name: 'footfall_items_refused_total',
      help: 'Events and visits that the engine refused for their data; they are kept in journal/refused',
      registers,
    }),
    querySeconds: new Histogram({
      name: 'footfall_query_seconds',
      help: 'Time to answer one question',
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    dictionaryLookups: new Counter({
      name: 'footfall_dictionary_lookups_total',
      help: 'Numbers of texts that the MySQL engine looked up, by where it found them: memory, redis, database, new',
      labelNames: ['layer'] as const,
      registers,
    }),
    rollupDays: new Gauge({
      name: 'footfall_rollup_waiting_days',
      help: 'Days over whose sums do not have the last changes yet',
      registers,
    }),
    rollupAge: new Gauge({ name: 'footfall_rollup_waiting_seconds', help: 'Age of the oldest change that no sum has yet', registers }),
    replicaQuestions: new Counter({
      name: 'footfall_replica_questions_total',
      help: 'Questions with DATABASE_READ_URL, by who answered: replica, or primary where the replica was away or behind',
      labelNames: ['server'] as const,
      registers,
    }),
    journalBytes: new Gauge({ name: 'footfall_journal_bytes', help: 'Bytes accepted but not yet stored', registers }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
