-- The same over visits, which count on every day that they touch.
CREATE TABLE IF NOT EXISTS visit_rollups (
  site INT UNSIGNED NOT NULL,
  dimension TINYINT UNSIGNED NOT NULL,
  day INT UNSIGNED NOT NULL,
  border TINYINT UNSIGNED NOT NULL,
  value INT UNSIGNED NOT NULL,
  visitors INT NOT NULL,
  visits INT NOT NULL,
  bounces INT NOT NULL,
  duration BIGINT NOT NULL COMMENT 'seconds',
  views INT NOT NULL,
  PRIMARY KEY (site, dimension, day, border, value)
) ENGINE = InnoDB
