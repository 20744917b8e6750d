-- title: Cloud providers
-- question: Which clouds do stages work on: has a new one traction, and can an old one be removed?
-- unit: stage runs
-- measure: instances
-- period: month
-- Without stages that touch no cloud.
SELECT month AS period, provider AS label, instance, runs AS count, 0 AS part
FROM stages
WHERE provider <> '(none)'
