-- Title of the page, as text like its path; blank: nobody told it.
ALTER TABLE events
  ADD COLUMN IF NOT EXISTS title LowCardinality(String) AFTER pathname,
  ADD COLUMN IF NOT EXISTS screen LowCardinality(String) DEFAULT device COMMENT 'class of the width of the screen; the device where it was not told' AFTER device
