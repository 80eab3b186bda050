-- Goes on from the numbers that journals gave before there were turns: a visit's batch only grows.
INSERT IGNORE INTO turns (id, number) SELECT 1, COALESCE(MAX(batch), 0) FROM visits
