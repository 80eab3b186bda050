-- What visitors use: each combination once a site, of ids of terms. Events and visits hold the number of the combination:
-- 4 bytes for what would be 20.
CREATE TABLE IF NOT EXISTS agents (
  site INT UNSIGNED NOT NULL,
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash BINARY(16) NOT NULL,
  browser INT UNSIGNED NOT NULL,
  browser_version INT UNSIGNED NOT NULL,
  os INT UNSIGNED NOT NULL,
  os_version INT UNSIGNED NOT NULL,
  device INT UNSIGNED NOT NULL,
  PRIMARY KEY (site, id),
  UNIQUE KEY hash (hash),
  KEY id (id) COMMENT 'InnoDB wants an index that begins with the counted column'
) ENGINE = InnoDB
