-- title: Pipelines per instance
-- question: How many pipelines does an instance have?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: label
-- labels: exclusive
-- explain: (not counted) means that the instance has no pipelines or could not count them.
-- Counts the last value that an instance reported in the month. An instance that cannot count its pipelines reports 0.
SELECT
  period,
  CASE
    WHEN pipeline_count > 1000 THEN 'more than 1000'
    WHEN pipeline_count > 500 THEN '501 to 1000'
    WHEN pipeline_count > 100 THEN '101 to 500'
    WHEN pipeline_count > 10 THEN '11 to 100'
    WHEN pipeline_count > 0 THEN '1 to 10'
    ELSE '(not counted)'
  END AS label,
  instance,
  0 AS runs,
  0 AS failed,
  NULL AS share
FROM last_seen
