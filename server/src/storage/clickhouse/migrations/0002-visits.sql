-- One row a visit and batch that touched it; the row with the largest batch holds (read with FINAL). Only what never
-- changes is in the sorting key. start <= opened, and at most one day before it; end and active have no upper bound.
CREATE TABLE IF NOT EXISTS visits (
  site UInt32,
  id UInt64 CODEC(ZSTD(1)),
  visitor UInt64 CODEC(ZSTD(1)),
  opened DateTime('UTC') COMMENT 'time of the event that opened it' CODEC(Delta, ZSTD(1)),
  start DateTime('UTC') COMMENT 'earliest event' CODEC(Delta, ZSTD(1)),
  end DateTime('UTC') COMMENT 'last pageview or custom event' CODEC(Delta, ZSTD(1)),
  active DateTime('UTC') COMMENT 'last event of any kind' CODEC(Delta, ZSTD(1)),
  duration UInt32 COMMENT 'seconds' CODEC(ZSTD(1)),
  bounce Bool CODEC(ZSTD(1)),
  pageviews UInt32 CODEC(ZSTD(1)),
  events UInt32 COMMENT 'all but engagement pings' CODEC(ZSTD(1)),
  entry_page LowCardinality(String),
  entry_page_hostname LowCardinality(String),
  entry_at DateTime('UTC') COMMENT 'first pageview; 1970 without one' CODEC(Delta, ZSTD(1)),
  exit_page LowCardinality(String),
  exit_page_hostname LowCardinality(String),
  exit_at DateTime('UTC') COMMENT 'last pageview; 1970 without one' CODEC(Delta, ZSTD(1)),
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
  language LowCardinality(String),
  batch UInt64 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(batch)
PARTITION BY toYYYYMM(opened)
ORDER BY (site, toDate(opened), visitor, id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1
