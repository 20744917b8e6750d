-- title: Triggers
-- question: What starts executions? Which triggers are used, and which can be removed?
-- section: What Spinnaker is used for
-- unit: executions
-- measure: instances
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (none) means that the event has no trigger.
-- feature: trigger
-- tile: Most used trigger
-- tile-value: top
SELECT month AS period, trigger AS label, instance, runs AS count, 0 AS part
FROM executions
