-- The periods that are drawn, for each chart: how many instances count, and how many of the period's days
-- have data, that is, enough instances. An outage must not look like a feature that nobody uses.
WITH
${voters},
days AS (
  SELECT period, day, count + ${noise} AS instances
  FROM (
    SELECT v.period, r.day, COUNT(*) AS count, SUM(v.cell_key) AS cell_key
    FROM reports AS r
    JOIN voters AS v ON v.period = r.${period} AND v.instance = r.instance
    WHERE r.day >= DATE '${from}'
    GROUP BY v.period, r.day
  ) AS d
),
periods AS (
  SELECT period, count + ${noise} AS instances
  FROM (SELECT period, COUNT(*) AS count, SUM(cell_key) AS cell_key FROM voters GROUP BY period) AS v
)
SELECT
  charts.chart,
  drawn.period,
  MAX(IF(p.instances >= ${threshold}, p.instances, NULL)) AS instances,
  MAX(drawn.days) AS days,
  COUNT(IF(d.instances >= ${threshold}, 1, NULL)) AS days_with_data
FROM (${periods}) AS drawn
CROSS JOIN (${charts}) AS charts
LEFT JOIN periods AS p ON p.period = drawn.period
LEFT JOIN days AS d ON d.period = drawn.period
GROUP BY charts.chart, drawn.period
