-- What the sums of a site were made for. Where the site has another zone, or the program other sums, all are made again.
CREATE TABLE IF NOT EXISTS rollup_sites (
  site INT UNSIGNED NOT NULL PRIMARY KEY,
  zone VARCHAR(100) CHARACTER SET ascii NOT NULL,
  shape CHAR(32) CHARACTER SET ascii NOT NULL COMMENT 'rollup/dimensions.ts'
) ENGINE = InnoDB
