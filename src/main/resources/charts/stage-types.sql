-- title: Stage types
-- question: Which stages do pipelines use: has a new one traction, and can an old one be removed?
-- unit: stage runs
-- measure: instances
-- period: month
SELECT month AS period, type AS label, instance, runs AS count, 0 AS part
FROM stages
