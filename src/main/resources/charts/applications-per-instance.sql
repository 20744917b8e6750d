-- title: Applications per instance
-- question: How large are Spinnaker instances, measured by the applications in use?
-- section: Deployment and size
-- unit: instances
-- measure: share
-- period: month
-- view: bars
-- order: label
-- labels: exclusive
-- Counts applications with an execution that finished in the month.
SELECT
  month AS period,
  CASE
    WHEN applications > 500 THEN 'more than 500'
    WHEN applications > 100 THEN '101 to 500'
    WHEN applications > 10 THEN '11 to 100'
    WHEN applications > 1 THEN '2 to 10'
    ELSE '1'
  END AS label,
  instance,
  1 AS count,
  0 AS part
FROM (
  SELECT month, instance, COUNT(*) AS applications
  FROM applications
  GROUP BY month, instance
) AS sizes
