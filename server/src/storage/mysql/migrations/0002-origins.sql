-- Where visits came from: each combination once a site, of ids of terms. Events and visits hold the number of the combination:
-- 4 bytes for what would be 32.
CREATE TABLE IF NOT EXISTS origins (
  site INT UNSIGNED NOT NULL,
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash BINARY(16) NOT NULL,
  source INT UNSIGNED NOT NULL,
  referrer INT UNSIGNED NOT NULL,
  channel INT UNSIGNED NOT NULL,
  utm_source INT UNSIGNED NOT NULL,
  utm_medium INT UNSIGNED NOT NULL,
  utm_campaign INT UNSIGNED NOT NULL,
  utm_content INT UNSIGNED NOT NULL,
  utm_term INT UNSIGNED NOT NULL,
  PRIMARY KEY (site, id),
  UNIQUE KEY hash (hash),
  KEY id (id) COMMENT 'InnoDB wants an index that begins with the counted column'
) ENGINE = InnoDB
