-- One row an event, never changed. Sorted by visitor within the day: the ids and attributes of a visit then stand in
-- a row and shrink to almost nothing. Every visit attribute is copied onto its events, so that no question needs a join.
-- The window lets a repeated insert_deduplication_token insert once; it must outlast what imports insert while the
-- writer of another process waits with one batch. The syncs, 10 ms a batch, are there because the journal lets go of a batch
-- as soon as it is stored: without them a power cut would lose what the kernel had not yet written.
CREATE TABLE IF NOT EXISTS events (
  site UInt32,
  time DateTime('UTC') CODEC(Delta, ZSTD(1)),
  id UInt64 CODEC(ZSTD(1)),
  visitor UInt64 CODEC(ZSTD(1)),
  visit UInt64 CODEC(ZSTD(1)),
  name LowCardinality(String),
  hostname LowCardinality(String),
  pathname LowCardinality(String),
  props Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  revenue_amount Decimal64(3) CODEC(ZSTD(1)),
  revenue_currency LowCardinality(String) COMMENT 'blank: the event has no revenue',
  engagement UInt32 COMMENT 'milliseconds; 0 but for engagement pings' CODEC(ZSTD(1)),
  scroll UInt8 COMMENT 'percent, 255 unknown; 0 but for engagement pings' CODEC(ZSTD(1)),
  interactive Bool CODEC(ZSTD(1)),
  source LowCardinality(String),
  referrer LowCardinality(String),
  channel LowCardinality(String),
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign LowCardinality(String),
  utm_content LowCardinality(String),
  utm_term LowCardinality(String),
  country LowCardinality(String),
  region LowCardinality(String),
  city LowCardinality(String),
  browser LowCardinality(String),
  browser_version LowCardinality(String),
  os LowCardinality(String),
  os_version LowCardinality(String),
  device LowCardinality(String),
  language LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(time)
ORDER BY (site, toDate(time), visitor, time)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
