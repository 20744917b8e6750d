-- Names of the last 90 days that are not in the folder lists and that 20 instances or more sent. Charts show them as (own). A
-- name can be a new one of Spinnaker, which belongs in the lists, or one that many instances share, such as a plugin's.
WITH names AS (
  SELECT DISTINCT 'stage_type' AS kind, type AS name, instance
  FROM ${daily_stages}
  WHERE day >= CURRENT_DATE() - 90 AND type NOT IN ('', ${stage_types})
  UNION DISTINCT
  SELECT 'cloud_provider', provider, instance
  FROM ${daily_stages}
  WHERE day >= CURRENT_DATE() - 90 AND provider NOT IN ('', ${cloud_provider})
  UNION DISTINCT
  SELECT 'status', status, instance
  FROM ${daily_stages}
  WHERE day >= CURRENT_DATE() - 90 AND status NOT IN ('', ${status})
  UNION DISTINCT
  SELECT 'status', status, instance
  FROM ${daily_executions}
  WHERE day >= CURRENT_DATE() - 90 AND status NOT IN ('', ${status})
  UNION DISTINCT
  SELECT 'execution_type', type, instance
  FROM ${daily_executions}
  WHERE day >= CURRENT_DATE() - 90 AND type NOT IN ('', ${execution_type})
  UNION DISTINCT
  SELECT 'trigger_type', trigger, instance
  FROM ${daily_executions}
  WHERE day >= CURRENT_DATE() - 90 AND trigger NOT IN ('', ${trigger_type})
  UNION DISTINCT
  SELECT 'deployment_method', deployment_method, instance
  FROM ${daily_instances}
  WHERE day >= CURRENT_DATE() - 90 AND deployment_method NOT IN ('', ${deployment_method})
  UNION DISTINCT
  SELECT 'environment', environment, instance
  FROM ${daily_instances}
  WHERE day >= CURRENT_DATE() - 90 AND environment NOT IN ('', ${environment})
  UNION DISTINCT
  SELECT 'deployed_artifacts', deployed_artifacts, instance
  FROM ${daily_instances}
  WHERE day >= CURRENT_DATE() - 90 AND deployed_artifacts NOT IN ('', ${deployed_artifacts})
)
SELECT kind, name, COUNT(*) AS instances
FROM names
GROUP BY kind, name
HAVING COUNT(*) >= 20
