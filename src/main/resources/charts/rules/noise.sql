-- The noise of a number: the p-table of the cell-key method. The sum of the cell keys of the instances behind the number
-- decides, so the same instances have the same noise in each chart and each run, and comparing charts reveals nothing more.
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
