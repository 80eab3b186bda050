ALTER TABLE agents ADD COLUMN screen INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'class of the width of the screen; the device where it was not told'
