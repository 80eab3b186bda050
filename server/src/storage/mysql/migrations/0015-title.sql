ALTER TABLE events ADD COLUMN title INT UNSIGNED NULL COMMENT 'of the page; NULL: nobody told it'
