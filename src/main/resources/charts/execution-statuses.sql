-- title: Executions by status
-- question: How do executions end?
-- section: What Spinnaker is used for
-- numbers: share, instances
-- period: month
-- view: trend
-- order: value
-- labels: overlapping
-- explain: (own) means a status that is not part of Spinnaker.
-- explain: (not reported) means that the event has no execution status.
SELECT period, status AS label, instance, 0 AS runs, 0 AS failed, share
FROM executions
