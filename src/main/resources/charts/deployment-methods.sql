-- title: Deployment methods
-- question: Which tools deploy Spinnaker?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: value
-- labels: exclusive
-- explain: (own) means a tool that is not on Spinnaker's list.
-- explain: (not reported) means that the instance does not report its deployment method. Spinnaker has reported it since 1.18.
-- unreportable: deployment_method
-- Counts the last value that an instance reported in the month.
SELECT period, deployment_method AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM last_seen
