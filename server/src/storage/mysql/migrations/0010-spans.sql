-- Numbers 0 to `length` for each length up to 63: joined on its length, a stretch of time becomes its slots without
-- reading more rows than it has (query/keys.ts).
CREATE TABLE IF NOT EXISTS spans (
  length TINYINT UNSIGNED NOT NULL,
  n TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (length, n)
) ENGINE = InnoDB
