-- Names of the last 90 days that are not in the folder lists and that 20 instances or more sent. Charts show them as (own). A
-- name can be a new one of Spinnaker, which belongs in the lists, or one that many instances share, such as a plugin's.
WITH unlisted AS (
  SELECT sent.kind, sent.name, s.instance
  FROM ${daily_stages} AS s
  CROSS JOIN UNNEST([
    STRUCT('stage_type' AS kind, IF(s.type IN (${stage_types}), NULL, s.type) AS name),
    STRUCT('cloud_provider', IF(s.provider IN (${cloud_provider}), NULL, s.provider)),
    STRUCT('status', IF(s.status IN (${status}), NULL, s.status))
  ]) AS sent
  WHERE s.day >= CURRENT_DATE() - 90
  UNION ALL
  SELECT sent.kind, sent.name, e.instance
  FROM ${daily_executions} AS e
  CROSS JOIN UNNEST([
    STRUCT('status' AS kind, IF(e.status IN (${status}), NULL, e.status) AS name),
    STRUCT('execution_type', IF(e.type IN (${execution_type}), NULL, e.type)),
    STRUCT('trigger_type', IF(e.trigger IN (${trigger_type}), NULL, e.trigger))
  ]) AS sent
  WHERE e.day >= CURRENT_DATE() - 90
  UNION ALL
  SELECT sent.kind, sent.name, i.instance
  FROM ${daily_instances} AS i
  CROSS JOIN UNNEST([
    STRUCT('deployment_method' AS kind, IF(i.deployment_method IN (${deployment_method}), NULL, i.deployment_method) AS name),
    STRUCT('environment', IF(i.environment IN (${environment}), NULL, i.environment)),
    STRUCT('deployed_artifacts', IF(i.deployed_artifacts IN (${deployed_artifacts}), NULL, i.deployed_artifacts))
  ]) AS sent
  WHERE i.day >= CURRENT_DATE() - 90
)
SELECT kind, name, COUNT(DISTINCT instance) AS instances
FROM unlisted
WHERE name <> ''
GROUP BY kind, name
HAVING COUNT(DISTINCT instance) >= 20
