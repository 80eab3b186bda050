-- One row, locked by the writer that has its turn, in the transaction that stores its batch: of several processes one at a time puts
-- events into visits. Its number counts the turns; a writer that finds it one further than its own last knows that nobody came between.
CREATE TABLE IF NOT EXISTS turns (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  number BIGINT UNSIGNED NOT NULL COMMENT 'batch of visits'
) ENGINE = InnoDB
