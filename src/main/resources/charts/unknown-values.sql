-- title: Unknown values
-- question: What share of values is UNKNOWN or missing?
-- section: Data quality
-- numbers: share, instances
-- period: month
-- view: trend
-- order: value
-- labels: independent
-- Counts one value per instance (the last one that it reported in the month), or the share of its executions or stage runs.
SELECT period, 'version' AS label, instance, 0 AS runs, 0 AS failed, 1000000 AS share
FROM last_seen
WHERE release = '(not reported)'
UNION ALL
SELECT period, 'deployment method', instance, 0, 0, 1000000
FROM last_seen
WHERE deployment_method IN ('(not reported)', 'NONE')
UNION ALL
SELECT period, 'environment', instance, 0, 0, 1000000
FROM last_seen
WHERE environment IN ('(not reported)', 'ENVIRONMENT_UNKNOWN')
UNION ALL
SELECT period, 'deployed artifacts', instance, 0, 0, 1000000
FROM last_seen
WHERE deployed_artifacts IN ('(not reported)', 'DEPLOYED_ARTIFACTS_UNKNOWN')
UNION ALL
SELECT period, 'pipelines of the instance', instance, 0, 0, 1000000
FROM last_seen
WHERE COALESCE(pipeline_count, 0) = 0
UNION ALL
SELECT period, 'execution type', instance, 0, 0, share
FROM executions
WHERE type IN ('(not reported)', 'UNKNOWN')
UNION ALL
SELECT period, 'execution status', instance, 0, 0, share
FROM executions
WHERE status IN ('(not reported)', 'UNKNOWN')
UNION ALL
SELECT period, 'trigger', instance, 0, 0, share
FROM executions
WHERE trigger IN ('(not reported)', 'UNKNOWN')
UNION ALL
SELECT period, 'stage type', instance, 0, 0, share
FROM stages
WHERE type IN ('(not reported)', 'UNKNOWN')
UNION ALL
SELECT period, 'cloud provider', instance, 0, 0, share
FROM stages
WHERE provider = 'UNKNOWN'
