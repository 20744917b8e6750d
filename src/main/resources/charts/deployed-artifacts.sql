-- title: Deployed artifacts
-- question: From which artifacts is Spinnaker installed, and which are worth building?
-- section: Deployment and size
-- unit: instances
-- measure: share
-- period: month
-- view: bars
-- order: value
-- labels: exclusive
-- explain: (none) means that the instance does not report this. Spinnaker reports it since 1.21.
-- Counts the last value that an instance reported in the month.
SELECT month AS period, deployed_artifacts AS label, instance, 1 AS count, 0 AS part
FROM last_seen
