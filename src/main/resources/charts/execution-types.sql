-- title: Executions by type
-- question: How are pipelines and ad-hoc tasks used?
-- unit: executions
-- measure: count
-- period: month
SELECT month AS period, type AS label, instance, runs AS count, 0 AS part
FROM executions
