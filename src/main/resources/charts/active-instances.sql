-- title: Active instances
-- question: How many instances report, and how many on more than one day?
-- section: Instances and versions
-- unit: instances
-- measure: instances
-- period: month
-- view: trend
-- order: value
-- labels: exclusive
-- baseline: on 2 days or more
-- tile: Active instances
-- tile-value: baseline
-- Counts days in the 30 days to the end of the month.
SELECT period, IF(active_days > 1, 'on 2 days or more', 'on one day') AS label, instance, 1 AS count, 0 AS part
FROM (
  SELECT m.month AS period, i.instance, COUNT(*) AS active_days
  FROM (SELECT DISTINCT month FROM days) AS m
  JOIN instances AS i ON i.day BETWEEN LAST_DAY(m.month) - 29 AND LAST_DAY(m.month)
  GROUP BY m.month, i.instance
) AS active
