-- title: Deployed artifacts
-- question: Which artifacts is Spinnaker installed from?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: value
-- labels: exclusive
-- explain: (own) means artifacts of a kind that is not on Spinnaker's list.
-- explain: (not reported) means that the instance does not report its artifacts. Spinnaker has reported them since 1.21.
-- Counts the last value that an instance reported in the month.
SELECT period, deployed_artifacts AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM last_seen
