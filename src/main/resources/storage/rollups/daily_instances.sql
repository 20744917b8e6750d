-- Each instance of a day: how much it sent, and what it said of itself last.
-- REGEXP_EXTRACT's third argument says where to begin in GoogleSQL, and which group is wanted in DuckDB: 1 is right for
-- both. Four digits: a longer number is no release, and would be a free text to hide something in.
SELECT
  DATE(received_at) AS day,
  spinnaker_instance.id AS instance,
  COUNT(*) OVER (PARTITION BY DATE(received_at), spinnaker_instance.id) AS events,
  NULLIF(REGEXP_EXTRACT(spinnaker_instance.version, '^([0-9]{1,4}[.][0-9]{1,4})(?:[^0-9]|$)', 1), '') AS release,
  spinnaker_instance.deployment_method.type AS deployment_method,
  spinnaker_instance.environment AS environment,
  spinnaker_instance.deployed_artifacts AS deployed_artifacts,
  spinnaker_instance.pipeline_count AS pipeline_count
FROM (${counted_events}) AS event
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY DATE(received_at), spinnaker_instance.id ORDER BY received_at DESC, event_id DESC
) = 1
