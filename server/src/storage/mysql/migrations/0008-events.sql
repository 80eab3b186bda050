-- One row an event, never changed, in order of site and time: a question reads one stretch of it. Texts are ids of terms, attributes
-- of the visit are combinations (origins, places, agents). Columns that most events do not have are NULL, which costs a bit.
-- The index on ids is for imports, which must find a repetition however old it is.
CREATE TABLE IF NOT EXISTS events (
  site INT UNSIGNED NOT NULL,
  time INT UNSIGNED NOT NULL COMMENT 'Unix seconds',
  batch INT UNSIGNED NOT NULL,
  position MEDIUMINT UNSIGNED NOT NULL COMMENT 'in the batch',
  id BIGINT UNSIGNED NULL COMMENT 'NULL: the client sent none',
  visitor BIGINT UNSIGNED NOT NULL,
  visit BIGINT UNSIGNED NOT NULL,
  name INT UNSIGNED NOT NULL,
  host INT UNSIGNED NOT NULL,
  page INT UNSIGNED NOT NULL,
  origin INT UNSIGNED NOT NULL,
  place INT UNSIGNED NOT NULL,
  agent INT UNSIGNED NOT NULL,
  props INT UNSIGNED NULL COMMENT 'prop_sets; NULL: none',
  amount DECIMAL(18, 3) NULL,
  currency INT UNSIGNED NULL COMMENT 'NULL: the event has no revenue',
  engagement INT UNSIGNED NULL COMMENT 'milliseconds; NULL: 0',
  scroll TINYINT UNSIGNED NOT NULL COMMENT 'percent, 255 unknown; 0 but for engagement pings',
  interactive TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (site, time, batch, position),
  KEY id (site, id)
) ENGINE = InnoDB
