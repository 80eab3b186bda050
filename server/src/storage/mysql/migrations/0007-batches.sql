-- Batches stored lately; inserting a token a second time fails, and with it the whole transaction. Its number is part of the
-- primary key of events.
CREATE TABLE IF NOT EXISTS batches (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  token BINARY(16) NOT NULL COMMENT 'first half of its SHA-256',
  UNIQUE KEY token (token)
) ENGINE = InnoDB
