-- title: Unknown values
-- question: How good is the data: what share of values is UNKNOWN or missing?
-- section: Data quality
-- unit: values
-- measure: share
-- period: month
-- view: trend
-- order: value
-- labels: independent
-- part: values that are unknown
-- Counts one value per instance (the last one that it reported in the month), per execution and per stage run.
SELECT month AS period, 'version' AS label, instance, 1 AS count, IF(COALESCE(release, '(not reported)') = '(not reported)', 1, 0) AS part
FROM last_seen
UNION ALL
SELECT month, 'deployment method', instance, 1,
  IF(COALESCE(deployment_method, '') IN ('', 'NONE', 'UNKNOWN'), 1, 0)
FROM last_seen
UNION ALL
SELECT month, 'environment', instance, 1,
  IF(COALESCE(environment, '') IN ('', 'ENVIRONMENT_UNKNOWN', 'UNKNOWN'), 1, 0)
FROM last_seen
UNION ALL
SELECT month, 'deployed artifacts', instance, 1,
  IF(COALESCE(deployed_artifacts, '') IN ('', 'DEPLOYED_ARTIFACTS_UNKNOWN', 'UNKNOWN'), 1, 0)
FROM last_seen
UNION ALL
SELECT month, 'pipelines of the instance', instance, 1, IF(COALESCE(pipeline_count, 0) = 0, 1, 0)
FROM last_seen
UNION ALL
SELECT month, 'execution type', instance, runs, IF(type IN ('(none)', '', 'UNKNOWN'), runs, 0)
FROM executions
WHERE type <> '(other)'
UNION ALL
SELECT month, 'execution status', instance, runs,
  IF(status IN ('(none)', '', 'UNKNOWN'), runs, 0)
FROM executions
WHERE status <> '(other)'
UNION ALL
SELECT month, 'trigger', instance, runs, IF(trigger IN ('(none)', '', 'UNKNOWN'), runs, 0)
FROM executions
WHERE trigger <> '(other)'
UNION ALL
SELECT month, 'stage type', instance, runs, IF(type IN ('(none)', ''), runs, 0)
FROM stages
WHERE type <> '(other)'
UNION ALL
SELECT month, 'cloud provider', instance, runs, IF(provider IN ('', 'UNKNOWN'), runs, 0)
FROM stages
WHERE provider NOT IN ('(other)', '(none)')
