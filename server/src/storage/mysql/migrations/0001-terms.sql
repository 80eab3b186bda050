-- Every text, once a site and kind; events and visits hold numbers. Of one site, so that erasing it erases its texts, and
-- reading one kind of one site (filters do) reads nothing else. Values are bytes: equal means equal bytes, as in ClickHouse, whatever
-- the collation says of case, accents and trailing spaces. `hash` covers site, kind and value (dictionary.ts); id 0 is blank and has no row.
CREATE TABLE IF NOT EXISTS terms (
  site INT UNSIGNED NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT 'schema.ts, KINDS',
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash BINARY(16) NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (site, kind, id),
  UNIQUE KEY hash (hash),
  KEY id (id) COMMENT 'InnoDB wants an index that begins with the counted column'
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
