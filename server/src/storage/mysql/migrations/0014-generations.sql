-- Proofs that numbers of texts are those of this database: whoever finds a row of it again knows that every number given before the row
-- is still there. A process remembers numbers beside such a row, and looks for it in each transaction (generations.ts).
CREATE TABLE IF NOT EXISTS generations (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  nonce BIGINT UNSIGNED NOT NULL COMMENT 'random: the id alone is given out again after a restore'
) ENGINE = InnoDB
