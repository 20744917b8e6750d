-- title: Triggers
-- question: What starts executions: which triggers are used, and which could be removed?
-- unit: executions
-- measure: instances
-- period: month
SELECT month AS period, trigger AS label, instance, runs AS count, 0 AS part
FROM executions
