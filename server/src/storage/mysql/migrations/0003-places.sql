-- Where visitors are, and their language: each combination once a site, of ids of terms. Events and visits hold the number of the combination:
-- 4 bytes for what would be 16.
CREATE TABLE IF NOT EXISTS places (
  site INT UNSIGNED NOT NULL,
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash BINARY(16) NOT NULL,
  country INT UNSIGNED NOT NULL,
  region INT UNSIGNED NOT NULL,
  city INT UNSIGNED NOT NULL,
  language INT UNSIGNED NOT NULL,
  PRIMARY KEY (site, id),
  UNIQUE KEY hash (hash),
  KEY id (id) COMMENT 'InnoDB wants an index that begins with the counted column'
) ENGINE = InnoDB
