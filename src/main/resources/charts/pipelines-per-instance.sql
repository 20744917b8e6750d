-- title: Pipelines an instance
-- question: How large are Spinnakers, counted in pipelines?
-- unit: instances
-- measure: share
-- period: month
-- As an instance said last in the month. 0 is (none), too: a Spinnaker says so also when it could not count them.
SELECT
  month AS period,
  CASE
    WHEN pipeline_count > 1000 THEN 'more than 1000'
    WHEN pipeline_count > 500 THEN '501 to 1000'
    WHEN pipeline_count > 100 THEN '101 to 500'
    WHEN pipeline_count > 10 THEN '11 to 100'
    WHEN pipeline_count > 0 THEN '1 to 10'
  END AS label,
  instance,
  1 AS count,
  0 AS part
FROM last_seen
