-- The executions that ended on a day, by instance and by what they were. Every event counts, also one without an
-- execution.
SELECT
  DATE(event.received_at) AS day,
  event.spinnaker_instance.id AS instance,
  event.execution.type AS type,
  event.execution.status AS status,
  event.execution.trigger.type AS trigger,
  COUNT(*) AS executions
FROM (${counted_events}) AS event
GROUP BY DATE(event.received_at), event.spinnaker_instance.id, event.execution.type, event.execution.status, event.execution.trigger.type
