-- title: Executions per instance
-- question: How many executions does an instance finish in a month?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: label
-- labels: exclusive
SELECT
  period,
  CASE
    WHEN SUM(runs) > 100000 THEN 'more than 100000'
    WHEN SUM(runs) > 10000 THEN '10001 to 100000'
    WHEN SUM(runs) > 1000 THEN '1001 to 10000'
    WHEN SUM(runs) > 100 THEN '101 to 1000'
    WHEN SUM(runs) > 10 THEN '11 to 100'
    ELSE '1 to 10'
  END AS label,
  instance,
  0 AS runs,
  0 AS failed,
  NULL AS share
FROM executions
GROUP BY period, instance
