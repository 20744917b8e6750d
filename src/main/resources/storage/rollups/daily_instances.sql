-- The instances of a day: the number of their events, and the properties in the last one.
-- The third argument of REGEXP_EXTRACT is the start position in GoogleSQL and the group in DuckDB; 1 is right for both. Four
-- digits at most: a longer number is not a release, and could carry free text.
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
