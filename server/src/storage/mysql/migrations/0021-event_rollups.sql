-- Sums of one day over events, for each value of each dimension (rollup/dimensions.ts). Rows with border 1 are what the day and the one
-- before count twice together: visitors and visits of both. So sums of days, less those between them, are those of the range.
CREATE TABLE IF NOT EXISTS event_rollups (
  site INT UNSIGNED NOT NULL,
  dimension TINYINT UNSIGNED NOT NULL,
  day INT UNSIGNED NOT NULL,
  border TINYINT UNSIGNED NOT NULL,
  value INT UNSIGNED NOT NULL COMMENT 'number of the text; of hours their first second',
  visitors INT NOT NULL,
  visits INT NOT NULL,
  pageviews INT NOT NULL,
  events INT NOT NULL,
  engagement BIGINT NOT NULL COMMENT 'milliseconds',
  engaged INT NOT NULL COMMENT 'visits with a ping',
  scroll BIGINT NOT NULL COMMENT 'largest depth of each visit, added up',
  scrolled INT NOT NULL COMMENT 'visits with a known depth',
  PRIMARY KEY (site, dimension, day, border, value)
) ENGINE = InnoDB
