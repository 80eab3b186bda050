ALTER TABLE visits ADD COLUMN IF NOT EXISTS screen LowCardinality(String) DEFAULT device COMMENT 'as for events' AFTER device
