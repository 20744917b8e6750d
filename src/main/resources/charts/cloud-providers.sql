-- title: Cloud providers
-- question: Which clouds do stages work on? Is a new one gaining traction? Can an old one be removed?
-- section: What Spinnaker is used for
-- unit: stage runs
-- measure: instances
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- feature: cloud provider
-- tile: Most used cloud
-- tile-value: top
-- Excludes stages without a cloud provider, such as wait.
SELECT month AS period, provider AS label, instance, runs AS count, 0 AS part
FROM stages
WHERE provider <> '(none)'
