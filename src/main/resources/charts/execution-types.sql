-- title: Executions by type
-- question: What share of executions are pipelines, and what share are ad-hoc tasks?
-- section: What Spinnaker is used for
-- numbers: share, instances, regular, failing
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means an execution type that is not part of Spinnaker.
-- explain: (not reported) means that the event has no execution type.
SELECT period, type AS label, instance, runs, failed, share
FROM executions
