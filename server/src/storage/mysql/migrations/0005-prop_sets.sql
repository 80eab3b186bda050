-- Custom properties of an event, each set of them once a site. What is in it: prop_items.
CREATE TABLE IF NOT EXISTS prop_sets (
  site INT UNSIGNED NOT NULL,
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  hash BINARY(16) NOT NULL,
  PRIMARY KEY (site, id),
  UNIQUE KEY hash (hash),
  KEY id (id) COMMENT 'InnoDB wants an index that begins with the counted column'
) ENGINE = InnoDB
