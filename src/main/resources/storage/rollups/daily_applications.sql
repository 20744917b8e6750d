-- The applications of a day, with the number of their executions.
SELECT
  DATE(event.received_at) AS day,
  event.spinnaker_instance.id AS instance,
  event.application.id AS application,
  COUNT(*) AS executions
FROM (${counted_events}) AS event
GROUP BY DATE(event.received_at), event.spinnaker_instance.id, event.application.id
