-- title: Executions by type
-- question: How much are pipelines and ad-hoc tasks used?
-- section: What Spinnaker is used for
-- numbers: share, instances, regular, failing
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means an execution type that Spinnaker does not have.
-- explain: (not reported) means that the event has no execution type.
SELECT period, type AS label, instance, runs, failed, share
FROM executions
