-- Days of sites that have sums, in the site's zone. `came_from` and `came_back` are the nearest days, not counting the days next to it, on
-- which a visitor of this day was there too: a range with both of them cannot be added up, since that visitor would count twice.
CREATE TABLE IF NOT EXISTS rollup_days (
  site INT UNSIGNED NOT NULL,
  day INT UNSIGNED NOT NULL COMMENT 'since 1970-01-01',
  first INT UNSIGNED NOT NULL COMMENT 'first and last second; a zone with other ones reads rows',
  last INT UNSIGNED NOT NULL,
  came_from INT UNSIGNED NULL,
  came_back INT UNSIGNED NULL,
  PRIMARY KEY (site, day)
) ENGINE = InnoDB
