-- title: Active instances
-- question: How many instances report, and on how many days?
-- section: Instances and versions
-- numbers: instances
-- period: month
-- view: trend
-- order: label
-- labels: exclusive
-- tile: Active instances
-- tile-value: instances
-- Counts the days of the month on which an instance reported.
SELECT
  period,
  CASE
    WHEN COUNT(*) > 20 THEN 'on 21 days or more'
    WHEN COUNT(*) > 5 THEN 'on 6 to 20 days'
    WHEN COUNT(*) > 1 THEN 'on 2 to 5 days'
    ELSE 'on 1 day'
  END AS label,
  instance,
  0 AS runs,
  0 AS failed,
  NULL AS share
FROM instances
GROUP BY period, instance
