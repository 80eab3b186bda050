-- Property and value (ids of terms) of each set. By property first: a question asks for one property of many events.
CREATE TABLE IF NOT EXISTS prop_items (
  site INT UNSIGNED NOT NULL,
  prop INT UNSIGNED NOT NULL,
  prop_set INT UNSIGNED NOT NULL,
  value INT UNSIGNED NOT NULL,
  PRIMARY KEY (site, prop, prop_set)
) ENGINE = InnoDB
