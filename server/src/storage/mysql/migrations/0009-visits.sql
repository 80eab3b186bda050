-- One row a visit, replaced as it grows. `opened` never changes, so it may be in the primary key and keeps visits in order of
-- time. The index on visitors is for imports, whose visitors may come back after any time.
CREATE TABLE IF NOT EXISTS visits (
  site INT UNSIGNED NOT NULL,
  opened INT UNSIGNED NOT NULL COMMENT 'Unix seconds, like all times; of the event that opened it',
  id BIGINT UNSIGNED NOT NULL,
  visitor BIGINT UNSIGNED NOT NULL,
  started INT UNSIGNED NOT NULL COMMENT 'earliest event',
  ended INT UNSIGNED NOT NULL COMMENT 'last pageview or custom event',
  active INT UNSIGNED NOT NULL COMMENT 'last event of any kind',
  duration INT UNSIGNED NOT NULL COMMENT 'seconds',
  bounce TINYINT UNSIGNED NOT NULL,
  pageviews INT UNSIGNED NOT NULL,
  events INT UNSIGNED NOT NULL COMMENT 'all but engagement pings',
  entry_page INT UNSIGNED NOT NULL,
  entry_host INT UNSIGNED NOT NULL,
  entry_at INT UNSIGNED NOT NULL COMMENT 'first pageview; 0 without one',
  exit_page INT UNSIGNED NOT NULL,
  exit_host INT UNSIGNED NOT NULL,
  exit_at INT UNSIGNED NOT NULL COMMENT 'last pageview; 0 without one',
  origin INT UNSIGNED NOT NULL,
  place INT UNSIGNED NOT NULL,
  agent INT UNSIGNED NOT NULL,
  batch BIGINT UNSIGNED NOT NULL COMMENT 'of two rows for a visit, the larger holds',
  PRIMARY KEY (site, opened, id),
  KEY visitor (site, visitor)
) ENGINE = InnoDB
