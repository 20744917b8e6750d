-- title: Executions by status
-- question: How do executions end?
-- unit: executions
-- measure: share
-- period: month
SELECT month AS period, status AS label, instance, runs AS count, 0 AS part
FROM executions
