-- The stages of the executions of a day by instance, type, provider and status.
SELECT
  DATE(event.received_at) AS day,
  event.spinnaker_instance.id AS instance,
  stage.type AS type,
  stage.cloud_provider.id AS provider,
  stage.status AS status,
  COUNT(*) AS runs
FROM (${counted_events}) AS event
CROSS JOIN UNNEST(event.execution.stages) AS stage
GROUP BY DATE(event.received_at), event.spinnaker_instance.id, stage.type, stage.cloud_provider.id, stage.status
