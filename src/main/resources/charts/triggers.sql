-- title: Triggers
-- question: What starts executions?
-- section: What Spinnaker is used for
-- numbers: instances, regular, failing, share
-- period: month
-- view: bars
-- order: value
-- labels: overlapping
-- explain: (own) means a trigger that is not part of Spinnaker.
-- explain: (not reported) means that the event has no trigger.
-- unreportable: trigger
-- feature: trigger
-- tile: Most used trigger
-- tile-value: top
SELECT period, trigger AS label, instance, runs, failed, share
FROM executions
