-- The numbers that decide whether a month may be published without a look by an owner; see PublicationCheck.
WITH
${voters},
first_days AS (
  SELECT instance, MIN(day) AS first_day
  FROM reports
  GROUP BY instance
),
month AS (
  SELECT v.instance, f.first_day, SUM(r.events) AS events
  FROM voters AS v
  JOIN first_days AS f ON f.instance = v.instance
  JOIN reports AS r ON r.instance = v.instance AND r.month = v.period
  WHERE v.period = DATE '${month}'
  GROUP BY v.instance, f.first_day
)
SELECT
  (SELECT COUNT(*) FROM month) AS instances,
  (SELECT COUNT(*) FROM voters WHERE period < DATE '${month}') AS instances_before,
  (
    SELECT MAX(instances)
    FROM (SELECT COUNT(*) AS instances FROM month WHERE first_day >= DATE '${month}' GROUP BY first_day) AS days
  ) AS new_on_one_day,
  (SELECT SUM(events) FROM month) AS events,
  (SELECT MAX(events) FROM month) AS events_of_one
