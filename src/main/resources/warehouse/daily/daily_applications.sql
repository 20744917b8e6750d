-- Each application of a day, and how many of its executions ended.
SELECT
  DATE '${day}' AS day,
  spinnaker_instance.id AS instance,
  application.id AS application,
  COUNT(*) AS executions
FROM (${counted_events}) AS event
GROUP BY spinnaker_instance.id, application.id
