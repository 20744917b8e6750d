-- title: Executions by status
-- question: How do executions end?
-- section: What Spinnaker is used for
-- unit: executions
-- measure: share
-- period: month
-- view: trend
-- order: value
-- labels: overlapping
-- explain: (none) means that the event has no execution status.
SELECT month AS period, status AS label, instance, runs AS count, 0 AS part
FROM executions
