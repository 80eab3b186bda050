-- One row a visit and batch that touched it; the row with the largest batch holds (read with FINAL). Only what never
-- changes is in the sorting key. start <= opened, and at most one day before it; end and active have no upper bound.
CREATE TABLE visits (
  site UInt32,
  id UInt64 CODEC(ZSTD(1)),
  visitor UInt64 CODEC(ZSTD(1)),
  opened DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'time of the event that opened it',
  start DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'earliest event',
  end DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'last pageview or custom event',
  active DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'last event of any kind',
  duration UInt32 CODEC(ZSTD(1)) COMMENT 'seconds',
  bounce Bool CODEC(ZSTD(1)),
  pageviews UInt32 CODEC(ZSTD(1)),
  events UInt32 CODEC(ZSTD(1)) COMMENT 'all but engagement pings',
  entry_page LowCardinality(String),
  entry_page_hostname LowCardinality(String),
  entry_at DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'first pageview; 1970 without one',
  exit_page LowCardinality(String),
  exit_page_hostname LowCardinality(String),
  exit_at DateTime('UTC') CODEC(Delta, ZSTD(1)) COMMENT 'last pageview; 1970 without one',
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
SETTINGS non_replicated_deduplication_window = 10000
