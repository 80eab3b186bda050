INSERT IGNORE INTO spans (length, n)
WITH eight AS (
  SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
), numbers AS (SELECT a.n * 8 + b.n AS n FROM eight AS a CROSS JOIN eight AS b)
SELECT length.n, each_one.n FROM numbers AS length JOIN numbers AS each_one ON each_one.n <= length.n
