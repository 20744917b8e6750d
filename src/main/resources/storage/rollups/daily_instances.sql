-- The instances of a day: the number of their events, and the properties in the last one.
WITH last_events AS (
  SELECT
    DATE(received_at) AS day,
    spinnaker_instance.id AS instance,
    COUNT(*) OVER (PARTITION BY DATE(received_at), spinnaker_instance.id) AS events,
    LOWER(TRIM(COALESCE(spinnaker_instance.version, ''))) AS version,
    spinnaker_instance.deployment_method.type AS deployment_method,
    spinnaker_instance.environment AS environment,
    spinnaker_instance.deployed_artifacts AS deployed_artifacts,
    spinnaker_instance.pipeline_count AS pipeline_count
  FROM (${counted_events}) AS event
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY DATE(received_at), spinnaker_instance.id ORDER BY received_at DESC, event_id DESC
  ) = 1
)
SELECT
  day,
  instance,
  events,
  ${release_expression} AS release,
  deployment_method,
  environment,
  deployed_artifacts,
  pipeline_count
FROM last_events
