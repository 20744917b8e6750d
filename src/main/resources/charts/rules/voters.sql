-- The instances that count in a period, each with its record key, and their number, with noise. The first part of every query
-- that makes published numbers.
--
-- Exclusion. Days of an instance that the table excluded names are left out, and so is the instance of synthetic events.
-- Second day. A day counts if the instance has also reported on one of the 59 days before, so an instance needs two days
-- within 60. It counts in each period with such a day; then all of its days in that period count.
-- Record key. A random number that only those who can read the salt can compute. See noise.sql.
reports AS (
  SELECT
    i.*,
    CAST(SUBSTR(CAST(i.day AS STRING), 1, 8) || '01' AS DATE) AS month,
    COALESCE(LAG(i.day) OVER (PARTITION BY i.instance ORDER BY i.day) >= i.day - 59, FALSE) AS is_counted
  FROM ${daily_instances} AS i
  LEFT JOIN (SELECT * FROM ${excluded} WHERE instance IS NOT NULL) AS x
    ON x.instance = i.instance AND i.day BETWEEN x.first_day AND COALESCE(x.last_day, i.day)
  WHERE i.day BETWEEN DATE '${from}' - 59 AND DATE '${to}' AND x.instance IS NULL AND i.instance <> ${synthetic_instance}
),
secret AS (
  SELECT MIN(salt) AS salt -- two first runs at the same time can each have made one
  FROM ${salts}
  WHERE name = 'cell-key'
  GROUP BY name
),
voters AS (
  SELECT counted.period, counted.instance, ${record_key} AS record_key
  FROM (
    SELECT DISTINCT ${period} AS period, instance
    FROM reports
    WHERE is_counted AND day >= DATE '${from}'
  ) AS counted
  CROSS JOIN secret
),
periods AS (
  SELECT period, count + ${noise} AS instances
  FROM (
    SELECT p.period, p.count, ${count_key} AS cell_key
    FROM (SELECT period, COUNT(*) AS count, SUM(record_key) AS record_keys FROM voters GROUP BY period) AS p
    CROSS JOIN secret
  ) AS keyed
)
