-- title: Environments
-- question: Where does Spinnaker run?
-- section: Deployment and size
-- numbers: instances
-- period: month
-- view: bars
-- order: value
-- labels: exclusive
-- explain: (own) means an environment that is not on Spinnaker's list.
-- explain: (not reported) means that the instance does not report its environment. Spinnaker has reported it since 1.21.
-- Counts the last value that an instance reported in the month.
SELECT period, environment AS label, instance, 0 AS runs, 0 AS failed, NULL AS share
FROM last_seen
