-- title: Executions by type
-- question: How much are pipelines and ad-hoc tasks used?
-- section: What Spinnaker is used for
-- unit: executions
-- measure: count
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (none) means that the event has no execution type.
-- tile: Executions
-- tile-value: total
SELECT month AS period, type AS label, instance, runs AS count, 0 AS part
FROM executions
