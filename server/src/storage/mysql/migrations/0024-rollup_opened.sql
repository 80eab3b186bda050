ALTER TABLE rollup_days ADD COLUMN opened INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'when the earliest visit of the day was opened; 0: not known'
