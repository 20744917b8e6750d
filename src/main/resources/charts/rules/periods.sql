-- The periods that are drawn, for each chart: how many instances count, and how many of the period's days have data, that is,
-- reports of a tenth of them. An outage must not look like a feature that nobody uses.
WITH
${voters},
days AS (
  SELECT d.period, d.day, d.instances * 10 >= v.instances AS has_data
  FROM (
    SELECT v.period, r.day, COUNT(*) AS instances
    FROM reports AS r
    JOIN voters AS v ON v.period = r.${period} AND v.instance = r.instance
    WHERE r.day >= DATE '${from}'
    GROUP BY v.period, r.day
  ) AS d
  JOIN (SELECT period, COUNT(*) AS instances FROM voters GROUP BY period) AS v ON v.period = d.period
)
SELECT
  charts.chart,
  drawn.period,
  MAX(IF(p.instances >= ${threshold}, p.instances, NULL)) AS instances,
  MAX(drawn.days) AS days,
  COUNT(IF(d.has_data, 1, NULL)) AS days_with_data
FROM (${periods}) AS drawn
CROSS JOIN (${charts}) AS charts
LEFT JOIN periods AS p ON p.period = drawn.period
LEFT JOIN days AS d ON d.period = drawn.period
GROUP BY charts.chart, drawn.period
