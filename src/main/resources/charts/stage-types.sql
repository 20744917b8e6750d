-- title: Stage types
-- question: Which stages do pipelines use? Is a new one gaining traction? Can an old one be removed?
-- section: What Spinnaker is used for
-- unit: stage runs
-- measure: instances
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (none) means that the stage has no type.
-- feature: stage type
-- tile: Most used stage type
-- tile-value: top
SELECT month AS period, type AS label, instance, runs AS count, 0 AS part
FROM stages
