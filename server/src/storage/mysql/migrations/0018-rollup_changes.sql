-- Quarters of an hour in which something changed since their day was summed up (rollup/changes.ts); written in the transaction of the
-- batch, so that a day without rows here has the right sums, whatever ended when. A quarter belongs to one day in every zone.
CREATE TABLE IF NOT EXISTS rollup_changes (
  site INT UNSIGNED NOT NULL,
  slot INT UNSIGNED NOT NULL COMMENT 'Unix seconds through 900',
  changes INT UNSIGNED NOT NULL COMMENT 'counts up: tells whether something changed while the day was summed up',
  since INT UNSIGNED NOT NULL COMMENT 'Unix seconds of the first change',
  never TINYINT UNSIGNED NOT NULL COMMENT '1: touched by a visit of more than five days, always read from rows',
  PRIMARY KEY (site, slot)
) ENGINE = InnoDB
