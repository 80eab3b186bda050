-- Visits from before get the class of their device, as visits have that tell no width. A class is a text of its own kind (27, a device is 25).
INSERT IGNORE INTO terms (site, kind, hash, value)
SELECT site, 27, UNHEX(LEFT(SHA2(CONCAT(site, ' 27 ', value), 256), 32)), value FROM terms WHERE kind = 25
