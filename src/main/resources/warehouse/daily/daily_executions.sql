-- The executions that ended on a day, by instance and by what they were. Every event counts, also one without an execution.
SELECT
  DATE '${day}' AS day,
  spinnaker_instance.id AS instance,
  execution.type AS type,
  execution.status AS status,
  execution.trigger.type AS trigger,
  COUNT(*) AS executions
FROM (${counted_events}) AS event
GROUP BY spinnaker_instance.id, execution.type, execution.status, execution.trigger.type
