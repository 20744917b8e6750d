-- The instances that count in a period, each with its cell key. The first part of every query that makes published numbers.
--
-- Exclusion. Days of an instance that the table excluded names are left out.
-- Second day. A day counts if the instance has also reported on one of the 59 days before, so an instance needs two days
-- within 60. It counts in each period with such a day; then all of its days in that period count.
-- Cell key. A random number that only those who can read the salt can compute. See noise.sql.
reports AS (
  SELECT
    i.*,
    CAST(SUBSTR(CAST(i.day AS STRING), 1, 8) || '01' AS DATE) AS month,
    COALESCE(LAG(i.day) OVER (PARTITION BY i.instance ORDER BY i.day) >= i.day - 59, FALSE) AS is_counted
  FROM ${daily_instances} AS i
  LEFT JOIN (SELECT * FROM ${excluded} WHERE instance IS NOT NULL) AS x
    ON x.instance = i.instance AND i.day BETWEEN x.first_day AND COALESCE(x.last_day, i.day)
  WHERE i.day BETWEEN DATE '${from}' - 59 AND DATE '${to}' AND x.instance IS NULL
),
voters AS (
  SELECT counted.period, counted.instance, MOD(CAST('0x' || SUBSTR(${instance_hash}, 1, 8) AS INT64), 200000) AS cell_key
  FROM (
    SELECT DISTINCT ${period} AS period, instance
    FROM reports
    WHERE is_counted AND day >= DATE '${from}'
  ) AS counted
  CROSS JOIN (SELECT salt FROM ${salts} WHERE name = 'cell-key') AS secret
)
