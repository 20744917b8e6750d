-- The executions of a day by instance, type, status and trigger. Events without an execution count too.
SELECT
  DATE(event.received_at) AS day,
  event.spinnaker_instance.id AS instance,
  event.execution.type AS type,
  event.execution.status AS status,
  event.execution.trigger.type AS trigger,
  COUNT(*) AS executions
FROM (${counted_events}) AS event
GROUP BY DATE(event.received_at), event.spinnaker_instance.id, event.execution.type, event.execution.status, event.execution.trigger.type
