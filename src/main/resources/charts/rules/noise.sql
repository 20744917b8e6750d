-- The noise of a number, by the cell-key method: the sum of the record keys of the instances behind the number (record_keys),
-- hashed with the salt, is the cell key, and a p-table turns it into noise. The same instances have the same noise in each chart
-- and each run, so averaging over them does not reduce it; the noise of any other set is independent. The prefix keeps the noise
-- of a share apart from that of the count beside it: with the same noise, one would reveal the other.
--
-- Two-sided geometric with the ratio 0.382, cut at 6: a standard deviation of 1.4. The upper half of the keys is positive.
-- Marley and Leaver, "A Method for Confidentialising User-Defined Tables", 2011.
IF(MOD(cell_key, 200000) < 100000, -1, 1) * CASE
  WHEN MOD(cell_key, 100000) < 449 THEN 6
  WHEN MOD(cell_key, 100000) < 1177 THEN 5
  WHEN MOD(cell_key, 100000) < 3081 THEN 4
  WHEN MOD(cell_key, 100000) < 8065 THEN 3
  WHEN MOD(cell_key, 100000) < 21115 THEN 2
  WHEN MOD(cell_key, 100000) < 55279 THEN 1
  ELSE 0
END
