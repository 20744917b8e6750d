-- title: Applications per instance
-- question: How many applications does an instance use in a month?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: label
-- labels: exclusive
-- Counts applications with an execution that finished in the month.
SELECT
  period,
  CASE
    WHEN COUNT(*) > 500 THEN 'more than 500'
    WHEN COUNT(*) > 100 THEN '101 to 500'
    WHEN COUNT(*) > 10 THEN '11 to 100'
    WHEN COUNT(*) > 1 THEN '2 to 10'
    ELSE '1 only'
  END AS label,
  instance,
  0 AS runs,
  0 AS failed,
  NULL AS share
FROM applications
GROUP BY period, instance
